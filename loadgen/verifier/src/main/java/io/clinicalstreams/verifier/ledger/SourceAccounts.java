package io.clinicalstreams.verifier.ledger;

import io.clinicalstreams.verifier.account.ProblemList;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** All accounts of one lane for one source partition. */
final class SourceAccounts {

    /** Enough for two lanes that work at different speeds to have a boundary in common. */
    private static final int RECENT = 200;

    private final NavigableMap<Long, LedgerEntry> latest = new TreeMap<>();
    private final NavigableMap<Long, LedgerEntry> latestBefore = new TreeMap<>();

    /** Of what was counted without a record, by id: they have no range, so they join nothing. */
    private final Map<String, LedgerEntry> withoutRecords = new TreeMap<>();

    private final Map<String, LedgerEntry> withoutRecordsBefore = new TreeMap<>();
    private final Deque<LedgerEntry> recent = new ArrayDeque<>();
    private final long mark;

    /** @param mark offset in the source from which on input is judged */
    SourceAccounts(long mark) {
        this.mark = mark;
    }

    /** @param problems gets a line for each contradiction between the entries of an account */
    void add(LedgerEntry entry, ProblemList problems) {
        LedgerEntry before = latest.put(entry.begin(), entry);
        if (entry.from() < entry.begin() || entry.next() < entry.from()) {
            problems.add(entry.where() + ": the range " + entry.from() + " to " + entry.next() + " is not possible");
        } else if (before != null && entry.from() < before.next()) {
            problems.add(entry.where() + ": offsets " + entry.from() + " to " + Math.min(before.next(), entry.next())
                    + " are accounted for twice");
        } else if (before != null && !entry.counts().minus(before.counts()).isPossible()) {
            problems.add(entry.where() + ": a count fell before offset " + entry.next());
        }
        if (entry.next() <= mark) {
            latestBefore.put(entry.begin(), entry);
        }
        recent.addLast(entry);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
    }

    /**
     * @param isBefore the mark
     * @param problems gets a line if the entry claims a range or an input, or a count fell
     */
    void addWithoutRecords(String id, LedgerEntry entry, boolean isBefore, ProblemList problems) {
        LedgerEntry before = withoutRecords.put(id, entry);
        if (entry.from() < entry.begin() || entry.next() != entry.from()) {
            problems.add(entry.where() + ": the range " + entry.from() + " to " + entry.next()
                    + " is in an account without records");
        } else if (entry.counts().records() != 0
                || entry.counts().resources() != 0
                || entry.counts().outcomesInAll() != 0) {
            problems.add(entry.where() + ": an account without records has records, resources or outcomes at offset "
                    + entry.next());
        } else if (before != null && !entry.counts().minus(before.counts()).isPossible()) {
            problems.add(entry.where() + ": a count without records fell at offset " + entry.next());
        }
        if (isBefore) {
            withoutRecordsBefore.put(id, entry);
        }
    }

    /** Each account begins where the one before it ended. */
    void checkJoined(ProblemList problems) {
        LedgerEntry before = null;
        for (LedgerEntry account : latest.values()) {
            if (before != null && account.begin() > before.next()) {
                problems.add(account.where() + ": offsets " + before.next() + " to " + account.begin()
                        + " are not accounted for");
            } else if (before != null && account.begin() < before.next()) {
                problems.add(account.where() + ": offsets " + account.begin() + " to "
                        + Math.min(before.next(), account.next()) + " are accounted for twice");
            }
            before = account;
        }
    }

    /** The offset at which the ledger begins. */
    long begin() {
        return latest.isEmpty() ? withoutRange() : latest.firstKey();
    }

    /** The offset after the last one. */
    long next() {
        return latest.isEmpty() ? withoutRange() : latest.lastEntry().getValue().next();
    }

    /** Where the source was when something was counted, though none of it was read. */
    private long withoutRange() {
        return withoutRecords.values().stream()
                .mapToLong(LedgerEntry::next)
                .max()
                .orElse(0);
    }

    LedgerCounts total() {
        return sum(latest.values()).plus(sum(withoutRecords.values()));
    }

    LedgerCounts afterTheMark() {
        return total().minus(sum(latestBefore.values())).minus(sum(withoutRecordsBefore.values()));
    }

    /** The largest offset at which a range of both ends. */
    OptionalLong lastCommonEnd(SourceAccounts other) {
        return recent.stream()
                .mapToLong(LedgerEntry::next)
                .filter(end -> other.recent.stream().anyMatch(theirs -> theirs.next() == end))
                .max();
    }

    /** @param end where one of the recent ranges ends */
    LedgerCounts upTo(long end) {
        LedgerEntry last = recent.stream()
                .filter(entry -> entry.next() == end)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return sum(latest.headMap(last.begin()).values()).plus(last.counts());
    }

    private static LedgerCounts sum(Collection<LedgerEntry> accounts) {
        return accounts.stream().map(LedgerEntry::counts).reduce(LedgerCounts.NONE, LedgerCounts::plus);
    }
}
