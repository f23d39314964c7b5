package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets where a lane begins to read. Streams would continue at the log's start if an offset is missing or out of range,
 * and so skip or repeat input silently. Here, each partition gets its first offset once, before the lane's first start;
 * afterwards, a missing or out-of-range offset prevents the lane from starting, and stops it if it is running. Whether
 * a start is the first is determined from what the lane has written, which outlives the group's offsets;
 * {@link StartingPoints} has the rules.
 */
record InputPositions(Admin admin, Lane lane) {

    private static final Logger LOG = LoggerFactory.getLogger(InputPositions.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RETRY_DELAY = Duration.ofMillis(200);

    /**
     * Ensures that every source partition has a committed offset that is still in the log.
     *
     * @param partitions the number of partitions of each source
     * @param acceptExpired continue after the gap if input expired unread
     * @throws StartupException if input expired unread and that is not accepted, or the group's offsets or the lane's
     *     changelogs were lost
     */
    void prepare(int partitions, boolean acceptExpired) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            Map<TopicPartition, OffsetAndMetadata> missing = new HashMap<>();
            startingPoints(partitions)
                    .missing(acceptExpired)
                    .forEach((partition, start) -> missing.put(partition, new OffsetAndMetadata(start)));
            if (missing.isEmpty()) {
                return;
            }
            try {
                ClusterAnswer.of(admin.alterConsumerGroupOffsets(lane.applicationId(), missing)
                        .all());
                LOG.atInfo()
                        .addKeyValue("lane", lane.name())
                        .log("set the first offset of " + missing.size() + " partitions to the start of the log");
                return;
            } catch (UnknownMemberIdException | GroupNotEmptyException anotherInstanceRuns) {
                // The other instance has set the offsets, or is about to.
                if (System.nanoTime() > deadline) {
                    throw new StartupException("some partitions have no committed offset, and it cannot be set while"
                            + " other instances of the lane run: stop them, start one, then the others");
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_DELAY.toMillis());
            }
        }
    }

    private StartingPoints startingPoints(int partitions) {
        List<TopicPartition> input = lane.sources().stream()
                .flatMap(source -> partitions(source.fullName(), partitions))
                .toList();
        Map<TopicPartition, OffsetAndMetadata> committed = committed(input);
        boolean hasWritten = false;
        if (committed.isEmpty()) {
            hasWritten = hasWritten();
            // Another instance may have started meanwhile; it committed before it wrote, so offsets were not lost.
            committed = committed(input);
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return new StartingPoints(
                lane.name(),
                lane.applicationId(),
                offsets(input, OffsetSpec.earliest()),
                offsets(input, OffsetSpec.latest()),
                offsets,
                hasWritten,
                lostChangelogs(committed.values()));
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(List<TopicPartition> input) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        ClusterAnswer.of(admin.listConsumerGroupOffsets(lane.applicationId()).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null && input.contains(partition)) {
                        committed.put(partition, offset);
                    }
                });
        return committed;
    }

    /**
     * Changelogs that do not exist although the lane has run, or have no record although it has written output, which it
     * does together with its state. Offsets committed by Kafka Streams have metadata; offsets set before the lane's first
     * start, or by an operator to rebuild its state, have none.
     */
    private List<String> lostChangelogs(Collection<OffsetAndMetadata> committed) {
        if (committed.stream().allMatch(offset -> offset.metadata().isEmpty())) {
            return List.of();
        }
        Map<String, Integer> present = partitions(lane.internalTopics());
        List<String> lost = new ArrayList<>();
        for (String changelog : lane.internalTopics()) {
            Integer partitions = present.get(changelog);
            if (partitions == null) {
                lost.add(changelog + " does not exist");
            } else if (isEmpty(partitions(changelog, partitions).toList()) && hasWrittenTo(output())) {
                lost.add(changelog + " is empty");
            }
        }
        return lost;
    }

    private boolean isEmpty(List<TopicPartition> log) {
        return offsets(log, OffsetSpec.earliest()).equals(offsets(log, OffsetSpec.latest()));
    }

    /**
     * Whether the lane has ever written anything. The end offset of a log remains when its records expire. A lane with
     * state has changelogs, which only it creates and writes; without a record in them there was no alert either. For
     * other lanes, the sinks that only the lane writes are checked: not compacted ones, which have other owners too,
     * and not a sink that is also a source.
     */
    private boolean hasWritten() {
        return hasWrittenTo(lane.internalTopics().isEmpty() ? output() : lane.internalTopics());
    }

    private List<String> output() {
        return lane.sinks().stream()
                .filter(sink -> !sink.cleanup().isCompacted() && !lane.sources().contains(sink))
                .map(Topic::fullName)
                .toList();
    }

    private boolean hasWrittenTo(List<String> evidence) {
        List<TopicPartition> output = partitions(evidence).entrySet().stream()
                .flatMap(topic -> partitions(topic.getKey(), topic.getValue()))
                .toList();
        return offsets(output, OffsetSpec.latest()).values().stream().anyMatch(end -> end > 0);
    }

    /** The number of partitions by topic, without topics that do not exist. */
    private Map<String, Integer> partitions(List<String> topics) {
        Map<String, Integer> partitions = new HashMap<>();
        admin.describeTopics(topics).topicNameValues().forEach((name, description) -> {
            try {
                partitions.put(name, ClusterAnswer.of(description).partitions().size());
            } catch (UnknownTopicOrPartitionException doesNotExist) {
                // Kafka Streams creates a changelog when the lane first runs.
            }
        });
        return partitions;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> specs =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ClusterAnswer.of(admin.listOffsets(specs).all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static Stream<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(partition -> new TopicPartition(topic, partition));
    }
}
