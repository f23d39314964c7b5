package io.clinicalstreams.verifier.ledger;

import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.source.Mark;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The lanes' ledger as read from its topic, and what must hold of it. For each record: the resources of the account are
 * the sum of their outcomes, each record holds at least one resource, and there are no more records than offsets.
 */
public final class LaneLedger {

    private static final Comparator<TopicPartition> IN_ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);
    private static final String RECORDING = "recording";
    private static final String ALERTING = "alerting";

    private final Map<String, Map<TopicPartition, SourceAccounts>> byLane = new TreeMap<>();
    private final ProblemList unreadable = new ProblemList();
    private final ProblemList contradictions = new ProblemList();
    private final ProblemList unbalanced = new ProblemList();
    private final Mark from;

    /** @param from in the source topics: input from here on is counted in {@link #counted} */
    public LaneLedger(Mark from) {
        this.from = from;
    }

    public void add(ConsumerRecord<byte[], byte[]> record) {
        LedgerEntry entry = LedgerEntry.parse(record.key(), record.value());
        if (entry == null) {
            unreadable.add(
                    record.topic() + "-" + record.partition() + "@" + record.offset() + ": is not a ledger record");
            return;
        }
        checkBalance(entry);
        SourceAccounts accounts = byLane.computeIfAbsent(entry.lane(), lane -> new TreeMap<>(IN_ORDER))
                .computeIfAbsent(entry.source(), source -> new SourceAccounts(from.of(source)));
        if (entry.withoutRecords() == null) {
            accounts.add(entry, contradictions);
        } else {
            // It has no range that could be before the mark of its source.
            boolean isBefore = record.offset() < from.of(new TopicPartition(record.topic(), record.partition()));
            accounts.addWithoutRecords(entry.withoutRecords(), entry, isBefore, contradictions);
        }
    }

    private void checkBalance(LedgerEntry entry) {
        LedgerCounts counts = entry.counts();
        String where = entry.where() + ": up to offset " + entry.next() + ", ";
        if (counts.resources() != counts.outcomesInAll()) {
            unbalanced.add(where + counts.resources() + " resources have " + counts.outcomesInAll() + " outcomes");
        } else if (counts.records() > counts.resources()) {
            unbalanced.add(where + counts.records() + " records have only " + counts.resources() + " resources");
        } else if (counts.records() > entry.next() - entry.begin()) {
            unbalanced.add(where + counts.records() + " records from " + (entry.next() - entry.begin()) + " offsets");
        }
    }

    /** Per lane and source partition, every offset is accounted for once. */
    public Promise joined() {
        ProblemList problems = new ProblemList();
        byLane.values().forEach(sources -> sources.values().forEach(accounts -> accounts.checkJoined(problems)));
        return () -> Stream.of(unreadable, contradictions, problems)
                .flatMap(list -> list.lines().stream())
                .toList();
    }

    /** Every resource has one outcome. */
    public Promise balanced() {
        return unbalanced::lines;
    }

    /**
     * What a lane has committed is accounted for, and nothing else.
     *
     * @param before the offsets of its group before the ledger was read
     * @param after the same, after it was read
     */
    public Promise covers(
            String lane, Map<TopicPartition, OffsetAndMetadata> before, Map<TopicPartition, OffsetAndMetadata> after) {
        ProblemList problems = new ProblemList();
        sources(lane).forEach((source, accounts) -> {
            OffsetAndMetadata least = before.get(source);
            OffsetAndMetadata most = after.get(source);
            if (least != null && accounts.next() < least.offset()) {
                problems.add(lane + " " + source + ": offsets " + accounts.next() + " to " + least.offset()
                        + " are committed, but not accounted for");
            } else if (most != null && accounts.next() > most.offset()) {
                problems.add(lane + " " + source + ": offsets " + most.offset() + " to " + accounts.next()
                        + " are accounted for, but not committed: the group's offsets were set back");
            }
        });
        return problems::lines;
    }

    /** Why the ledger does not have all that the lane did after the mark; null if it does. */
    public @Nullable String whyIncomplete(String lane, Map<TopicPartition, OffsetAndMetadata> committed) {
        for (Map.Entry<TopicPartition, SourceAccounts> source : sources(lane).entrySet()) {
            if (source.getValue().begin() > from.of(source.getKey())) {
                return lane + " " + source.getKey() + " begins at offset "
                        + source.getValue().begin();
            }
        }
        return committed.entrySet().stream()
                .filter(each -> each.getValue().offset() > from.of(each.getKey())
                        && !each.getValue().metadata().isEmpty()
                        && !sources(lane).containsKey(each.getKey()))
                .map(each -> lane + " " + each.getKey() + " has no record")
                .findFirst()
                .orElse(null);
    }

    /** Both lanes read the same resources, and each Observation that is recorded is evaluated. */
    public Promise lanesAgree() {
        ProblemList problems = new ProblemList();
        sources(RECORDING).forEach((source, recording) -> {
            SourceAccounts alerting = sources(ALERTING).get(source);
            if (alerting == null || alerting.begin() != recording.begin()) {
                return;
            }
            OptionalLong end = recording.lastCommonEnd(alerting);
            if (end.isPresent()) {
                compare(source, recording.upTo(end.getAsLong()), alerting.upTo(end.getAsLong()), problems);
            }
        });
        return problems::lines;
    }

    private static void compare(
            TopicPartition source, LedgerCounts recording, LedgerCounts alerting, ProblemList problems) {
        differ(source, "records", recording, alerting, LedgerCounts::records, problems);
        differ(source, "resources", recording, alerting, LedgerCounts::resources, problems);
        long recorded = recording.outcomes("recorded").getOrDefault("clinical.observation.recorded", 0L);
        recorded += recording.outcomes("ignored").getOrDefault("Merge", 0L);
        long evaluated = Stream.of("evaluated", "forwarded", "taken-over")
                .flatMap(group -> alerting.outcomes(group).entrySet().stream())
                .filter(reason -> !reason.getKey().equals(Merge.ENCOUNTER.label()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (recorded != evaluated) {
            problems.add(source + ": " + recorded + " Observations are recorded, but " + evaluated + " are evaluated");
        }
    }

    private static void differ(
            TopicPartition source,
            String what,
            LedgerCounts recording,
            LedgerCounts alerting,
            Function<LedgerCounts, Long> count,
            ProblemList problems) {
        if (!count.apply(recording).equals(count.apply(alerting))) {
            problems.add(source + ": recording read " + count.apply(recording) + " " + what + ", alerting "
                    + count.apply(alerting));
        }
    }

    /** What a lane did with the input after the mark. */
    public LedgerCounts counted(String lane) {
        return sources(lane).values().stream()
                .map(SourceAccounts::afterTheMark)
                .reduce(LedgerCounts.NONE, LedgerCounts::plus);
    }

    /** The range that a lane has accounted for, by source partition. */
    Map<TopicPartition, SourceAccounts> sources(String lane) {
        return Objects.requireNonNullElse(byLane.get(lane), Map.of());
    }
}
