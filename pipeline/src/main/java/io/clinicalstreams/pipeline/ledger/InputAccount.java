package io.clinicalstreams.pipeline.ledger;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What one task did with one source partition, from the offset at which it began; or what it did without a record. The
 * counts grow from transaction to transaction, so that of all records with the account's key the last is enough. Used by
 * one thread.
 */
final class InputAccount {

    /** The lane has not read its committed offset: the account begins with its first record. */
    private static final long UNKNOWN = -1;

    /** A new account begins after this many transactions; a compacted ledger keeps one record of each account. */
    private static final int TRANSACTIONS = 100_000;

    private final boolean hasRecords;

    /** Of all committed transactions, and of the one in progress. */
    private final Map<Accounting, Map<String, long[]>> total = new EnumMap<>(Accounting.class);

    private final Map<Accounting, Map<String, long[]>> counts = new EnumMap<>(Accounting.class);
    private long totalRecords;
    private long totalResources;
    private long begin = UNKNOWN;
    private long from = UNKNOWN;
    private long records;
    private long resources;
    private long findings;
    private int transactions;
    private boolean isOpen;
    private String key = "";

    private InputAccount(boolean hasRecords) {
        this.hasRecords = hasRecords;
    }

    static InputAccount ofRecords() {
        return new InputAccount(true);
    }

    /** @param offset of the source when the account begins */
    static InputAccount withoutRecords(long offset) {
        InputAccount account = new InputAccount(false);
        account.begin(offset);
        return account;
    }

    /** Begins a new account. */
    void begin(long offset) {
        begin = offset;
        from = offset;
        // Ranges join, so no two accounts of records begin at one offset. Others may.
        key = hasRecords ? Long.toString(offset) : offset + "/" + UUID.randomUUID();
        total.clear();
        totalRecords = 0;
        totalResources = 0;
        transactions = 0;
        rollBack();
    }

    /** Forgets what was not committed. */
    void rollBack() {
        counts.clear();
        records = 0;
        resources = 0;
        findings = 0;
        isOpen = false;
    }

    void record(long offset) {
        if (begin == UNKNOWN) {
            begin(offset);
        }
        records++;
        isOpen = true;
    }

    void resource() {
        resources++;
    }

    void count(Accounting what, String reason) {
        counts.computeIfAbsent(what, each -> new TreeMap<>()).computeIfAbsent(reason, each -> new long[1])[0]++;
        findings += what.isOutcome() ? 0 : 1;
        isOpen = true;
    }

    /** What was counted in the transaction so far that is no outcome. */
    long findings() {
        return findings;
    }

    /** Adds what was counted in the transaction so far. */
    void addTo(Map<Accounting, Map<String, Long>> sum) {
        counts.forEach((what, reasons) -> reasons.forEach((reason, count) ->
                sum.computeIfAbsent(what, each -> new TreeMap<>()).merge(reason, count[0], Long::sum)));
    }

    /** Whether a transaction up to this offset has anything to add. */
    boolean isOpen(long next) {
        return isOpen || (from != UNKNOWN && next > from);
    }

    /** Whether anything was counted in the transaction. */
    boolean isOpen() {
        return isOpen;
    }

    /** Tells the account from all others of its source. */
    String key() {
        return key;
    }

    /** The offset after the last committed range. */
    long from() {
        return from;
    }

    /** Ends a transaction without a range, when its source is at this offset. */
    String closeAt(long offset) {
        from = offset;
        return close(offset);
    }

    /**
     * Ends the transaction's range.
     *
     * @param next the offset after the range, as committed
     * @return the account so far, as the fields of a JSON object
     */
    String close(long next) {
        totalRecords += records;
        totalResources += resources;
        counts.forEach((what, reasons) -> reasons.forEach((reason, count) ->
                total.computeIfAbsent(what, each -> new TreeMap<>()).computeIfAbsent(reason, each -> new long[1])[0] +=
                        count[0]));
        rollBack();
        StringBuilder json = new StringBuilder(160);
        json.append("\"begin\":").append(begin).append(",\"from\":").append(from);
        json.append(",\"next\":").append(next).append(",\"records\":").append(totalRecords);
        json.append(",\"resources\":").append(totalResources);
        append(json, "outcomes", Accounting::isOutcome);
        append(json, "findings", what -> !what.isOutcome());
        from = next;
        transactions++;
        if (transactions == TRANSACTIONS) {
            begin(next);
        }
        return json.toString();
    }

    /** All names are words of ours without quotes. */
    private void append(StringBuilder json, String name, Predicate<Accounting> which) {
        json.append(",\"").append(name).append("\":{");
        String separator = "";
        for (Map.Entry<Accounting, Map<String, long[]>> group : total.entrySet()) {
            if (which.test(group.getKey())) {
                json.append(separator)
                        .append('"')
                        .append(group.getKey().label())
                        .append("\":{");
                for (Iterator<Map.Entry<String, long[]>> each =
                                group.getValue().entrySet().iterator();
                        each.hasNext(); ) {
                    Map.Entry<String, long[]> count = each.next();
                    json.append('"').append(count.getKey()).append("\":").append(count.getValue()[0]);
                    json.append(each.hasNext() ? "," : "");
                }
                json.append('}');
                separator = ",";
            }
        }
        json.append('}');
    }
}
