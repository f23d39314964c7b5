package io.clinicalstreams.topics.repair;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.OpenTransactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

/**
 * Finds transactions that stay open in a partition although they have ended: the broker wrote their records, but never
 * the marker of their end, for example because its disk was full. Nothing ends them, and every read-committed reader
 * waits there forever.
 *
 * <p>A lane's transaction ends, or is ended by the brokers, within its timeout. So a transaction in a topic that only
 * lanes write hangs if it stays open for longer; this is observed, and takes that long only if one is open. In other
 * topics it hangs if its first record is older than Kafka allows any transaction to be. Where records have their producers'
 * timestamps (CreateTime), a live backfill looks old, so {@link TransactionRepair} aborts nothing because of its age alone;
 * and a younger record before it, or a clock that was ahead, hides a transaction that hangs until that time is old too.
 * Neither way needs the right to read records. Each method throws a {@link KafkaException} if the cluster does not answer
 * or refuses.
 */
public record HangingTransactions(Catalogue catalogue, Admin admin, InstantSource clock) {

    /** Kafka's default of {@code transaction.max.timeout.ms}. */
    static final Duration LONGEST_OF_ANY = Duration.ofMinutes(15);

    /** Kafka's default of {@code transaction.abort.timed.out.transaction.cleanup.interval.ms}, and time to write the end. */
    private static final Duration UNTIL_ENDED_BY_BROKERS = Duration.ofSeconds(12);

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;

    /** All partitions of these topics that have a leader. */
    static List<TopicPartition> partitions(ClusterState state) {
        return state.topics().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(ActualPartition::hasLeader)
                        .map(partition -> new TopicPartition(topic.name(), partition.id())))
                .toList();
    }

    /**
     * What hangs.
     *
     * @param pendingCommits source partitions whose offset is part of a hanging transaction, by the lane's group; the
     *     lane cannot start, because it waits for its offsets
     */
    public record Found(List<HangingTransaction> transactions, Map<String, Set<TopicPartition>> pendingCommits) {}

    /** In topics of the catalogue and of its lanes, and in the offsets of the lanes' groups. */
    public Found in(ClusterState state) {
        return find(
                partitions(state),
                catalogue.lanes().stream().map(Lane::applicationId).toList());
    }

    /** @param partitions each with a leader */
    List<HangingTransaction> in(Collection<TopicPartition> partitions) {
        return find(partitions, List.of()).transactions();
    }

    private Found find(Collection<TopicPartition> partitions, Collection<String> groups) {
        OpenTransactions transactions = new OpenTransactions(admin);
        Map<TopicPartition, Long> ofLanes = new HashMap<>(transactions.in(partitions));
        Map<TopicPartition, Long> ofOthers = new HashMap<>(ofLanes);
        Set<String> onlyOfLanes = topicsOnlyOfLanes();
        ofLanes.keySet().removeIf(partition -> !onlyOfLanes.contains(partition.topic()));
        ofOthers.keySet().removeAll(ofLanes.keySet());
        removeYoung(ofOthers);
        Map<String, Set<TopicPartition>> pending = committed(groups, false);
        observe(() -> {
            Map<TopicPartition, Long> still = transactions.in(ofLanes.keySet());
            ofLanes.entrySet().removeIf(each -> !each.getValue().equals(still.get(each.getKey())));
            removeStable(pending);
            return ofLanes.isEmpty() && pending.isEmpty();
        });
        return new Found(
                Stream.of(ofLanes, ofOthers)
                        .flatMap(open -> open.entrySet().stream())
                        .map(each -> new HangingTransaction(each.getKey(), each.getValue()))
                        .sorted(Comparator.comparing(HangingTransaction::toString))
                        .toList(),
                pending);
    }

    private void removeStable(Map<String, Set<TopicPartition>> pending) {
        committed(pending.keySet(), true)
                .forEach((group, stable) -> pending.computeIfPresent(group, (each, open) -> {
                    open.removeAll(stable);
                    return open.isEmpty() ? null : open;
                }));
    }

    /** The partitions with a committed offset, by group. */
    private Map<String, Set<TopicPartition>> committed(Collection<String> groups, boolean withoutPending) {
        Map<String, Set<TopicPartition>> committed = new TreeMap<>();
        if (groups.isEmpty()) {
            return committed;
        }
        ListConsumerGroupOffsetsSpec everything = new ListConsumerGroupOffsetsSpec();
        ListConsumerGroupOffsetsResult answers = admin.listConsumerGroupOffsets(
                groups.stream().collect(Collectors.toMap(each -> each, each -> everything)),
                new ListConsumerGroupOffsetsOptions().requireStable(withoutPending));
        for (String group : groups) {
            try {
                committed.put(
                        group,
                        new HashSet<>(ClusterAnswer.of(answers.partitionsToOffsetAndMetadata(group))
                                .keySet()));
            } catch (GroupIdNotFoundException neverRan) {
                committed.put(group, new HashSet<>());
            }
        }
        return committed;
    }

    /** The timeouts of other producers are unknown. */
    private void removeYoung(Map<TopicPartition, Long> open) {
        if (open.isEmpty()) {
            return;
        }
        OffsetSpec young =
                OffsetSpec.forTimestamp(clock.instant().minus(LONGEST_OF_ANY).toEpochMilli());
        ClusterAnswer.of(
                        admin.listOffsets(open.keySet().stream().collect(Collectors.toMap(each -> each, each -> young)))
                                .all())
                .forEach((partition, first) -> {
                    if (first.offset() >= 0 && first.offset() <= open.getOrDefault(partition, 0L)) {
                        open.remove(partition);
                    }
                });
    }

    private Set<String> topicsOnlyOfLanes() {
        Set<String> topics = new HashSet<>(List.of(Topic.GROUP_METADATA_TOPIC_NAME));
        catalogue.lanes().stream().filter(Lane::isExactlyOnce).forEach(lane -> {
            lane.sinks().forEach(sink -> topics.add(sink.fullName()));
            topics.addAll(lane.internalTopics());
        });
        catalogue.clients().forEach(client -> client.writes().forEach(topic -> topics.remove(topic.fullName())));
        return topics;
    }

    /** Asks until nothing is suspected any more, or as long as a lane's transaction may take. */
    private void observe(BooleanSupplier isOver) {
        Duration longest = catalogue.lanes().stream()
                .map(Lane::transactionTimeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        long left = UNTIL_ENDED_BY_BROKERS.plus(longest).toMillis();
        long pause = FIRST_PAUSE_MILLIS;
        while (!isOver.getAsBoolean() && left > 0) {
            Utils.sleep(pause);
            left -= pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }
}
