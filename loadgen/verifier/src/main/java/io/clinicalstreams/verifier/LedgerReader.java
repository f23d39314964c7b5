package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.ledger.LaneLedger;
import io.clinicalstreams.verifier.ledger.LedgerCounts;
import io.clinicalstreams.verifier.ledger.LedgerOutputs;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the ledger from a cluster, and what it is compared with. */
final class LedgerReader {

    /** A transaction is committed in several partitions, one after the other; a broker aborts it after this time. */
    private static final Duration TRANSACTION = Duration.ofSeconds(10);

    private static final long PAUSE_NANOS = 200_000_000;

    private final Admin admin;
    private final TopicReader reader;
    private final VerifiedTopics topics;
    private final List<Lane> lanes;
    private final Set<String> compacted;

    LedgerReader(Admin admin, TopicReader reader, VerifiedTopics topics, Catalogue catalogue) {
        this.admin = admin;
        this.reader = reader;
        this.topics = topics;
        this.lanes = catalogue.lanes().stream()
                .filter(lane -> lane.sinks().stream()
                        .anyMatch(sink -> sink.name().equals(topics.accounted().name())))
                .toList();
        this.compacted = catalogue.topics().stream()
                .filter(topic -> topic.cleanup().isCompacted())
                .flatMap(topic -> Stream.of(topic.name(), topic.fullName()))
                .collect(Collectors.toSet());
    }

    /** @param from input from here on is counted, and its output */
    LedgerVerdict verdict(Mark from) {
        Map<Lane, Map<TopicPartition, OffsetAndMetadata>> before = committed();
        LaneLedger ledger = covering(before, from);
        List<CheckResult> checks = new ArrayList<>(List.of(
                ledger.joined().result("ledger joins", "every offset is accounted for once"),
                ledger.balanced().result("ledger balances", "every resource has one outcome")));
        checks.add(outputs(ledger, before, from));
        Map<Lane, Map<TopicPartition, OffsetAndMetadata>> after = committed();
        checks.add(all(lane -> ledger.covers(lane.name(), offsets(before, lane), offsets(after, lane)))
                .result("ledger and committed offsets", "what is committed is accounted for"));
        checks.add(ledger.lanesAgree()
                .result("ledger of both lanes", "both read the same; each recorded Observation is evaluated"));
        Map<String, LedgerCounts> counted = new TreeMap<>();
        lanes.forEach(lane -> counted.put(lane.name(), ledger.counted(lane.name())));
        return new LedgerVerdict(counted, checks);
    }

    private CheckResult outputs(
            LaneLedger ledger, Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed, Mark from) {
        String name = "ledger and output";
        String why = whyNotComparable(ledger, committed, from);
        if (why != null) {
            return CheckResult.skipped(name, why);
        }
        LedgerOutputs outputs = LedgerOutputs.read(reader, topics, from, compacted);
        LaneLedger now = read(from);
        return all(lane -> outputs.match(lane.name(), ledger.counted(lane.name()), now.counted(lane.name()), compacted))
                .result(name, "the topics hold what is accounted for");
    }

    private @Nullable String whyNotComparable(
            LaneLedger ledger, Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed, Mark from) {
        for (Lane lane : lanes) {
            String incomplete = ledger.whyIncomplete(lane.name(), offsets(committed, lane));
            if (incomplete != null) {
                return "the ledger is younger than the output: " + incomplete;
            }
        }
        return Stream.concat(
                        Stream.of(topics.rejected(), topics.rekeyed(), topics.alertsGenerated()),
                        topics.recorded().stream())
                .filter(topic -> !compacted.contains(topic.fullName()))
                .filter(topic -> reader.starts(topic).offsets().entrySet().stream()
                        .anyMatch(start -> start.getValue() > from.of(start.getKey())))
                .map(topic -> topic.fullName() + " no longer has all of its records")
                .findFirst()
                .orElse(null);
    }

    private Promise all(Function<Lane, Promise> promise) {
        List<String> broken = lanes.stream()
                .flatMap(lane -> promise.apply(lane).broken().stream())
                .toList();
        return () -> broken;
    }

    /** Reads again as long as a transaction is visible in the group's offsets, but not yet in the ledger. */
    private LaneLedger covering(Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed, Mark from) {
        long start = System.nanoTime();
        while (true) {
            LaneLedger ledger = read(from);
            boolean isCovered = all(lane -> ledger.covers(lane.name(), offsets(committed, lane), Map.of()))
                    .isKept();
            if (isCovered || System.nanoTime() - start > TRANSACTION.toNanos()) {
                return ledger;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private LaneLedger read(Mark from) {
        LaneLedger ledger = new LaneLedger(from);
        reader.read(topics.accounted(), Mark.BEGINNING, ledger::add);
        return ledger;
    }

    /** Only offsets that are not part of a transaction in progress. */
    private Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed() {
        Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
        for (Lane lane : lanes) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            ClusterAnswer.of(admin.listConsumerGroupOffsets(
                                    lane.applicationId(), new ListConsumerGroupOffsetsOptions().requireStable(true))
                            .partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition, offset);
                        }
                    });
            committed.put(lane, offsets);
        }
        return committed;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(
            Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed, Lane lane) {
        return Objects.requireNonNullElse(committed.get(lane), Map.of());
    }
}
