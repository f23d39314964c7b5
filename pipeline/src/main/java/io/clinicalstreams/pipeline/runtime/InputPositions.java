package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a lane begins to read. Streams on its own would go on at the log's start when an offset is missing or has
 * expired, and so skip or repeat input silently. Here each partition gets its first offset once, before the lane's first
 * start; from then on a missing or expired offset stops the lane.
 */
final class InputPositions {

    private static final Logger LOG = LoggerFactory.getLogger(InputPositions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Admin admin;
    private final Lane lane;

    InputPositions(Admin admin, Lane lane) {
        this.admin = admin;
        this.lane = lane;
    }

    /**
     * Checks that every topic of the lane is there and that its sources have equally many partitions, since patients'
     * state would otherwise stand in two tasks.
     *
     * @return how many partitions the sources have
     * @throws StartupException when a topic is missing or the counts differ
     */
    int checkTopics() {
        Map<String, Integer> partitions = new HashMap<>();
        List<Topic> needed = new ArrayList<>(lane.sources());
        needed.addAll(lane.references());
        needed.addAll(lane.sinks());
        Map<String, KafkaFuture<TopicDescription>> descriptions = admin.describeTopics(
                        needed.stream().map(Topic::fullName).distinct().toList())
                .topicNameValues();
        List<String> missing = new ArrayList<>();
        descriptions.forEach((name, description) -> {
            try {
                partitions.put(name, await(description).partitions().size());
            } catch (UnknownTopicOrPartitionException absent) {
                missing.add(name);
            }
        });
        if (!missing.isEmpty()) {
            throw new StartupException("topics are missing: "
                    + missing.stream().sorted().collect(Collectors.joining(", "))
                    + "; create them with 'topics apply'");
        }
        List<Integer> counts = lane.sources().stream()
                .map(source -> partitions.get(source.fullName()))
                .distinct()
                .toList();
        if (counts.size() != 1) {
            throw new StartupException("the lane's sources must have equally many partitions: "
                    + lane.sources().stream()
                            .map(source -> source.fullName() + " has " + partitions.get(source.fullName()))
                            .collect(Collectors.joining(", ")));
        }
        return counts.get(0);
    }

    /**
     * Gives every source partition a committed offset that is still in the log.
     *
     * @param acceptExpired go on behind the gap where input expired unread
     * @throws StartupException when input expired unread and that is not accepted
     */
    void prepare(int partitions, boolean acceptExpired) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Map<TopicPartition, OffsetAndMetadata> wanted = missingOffsets(partitions, acceptExpired);
            if (wanted.isEmpty()) {
                return;
            }
            try {
                await(admin.alterConsumerGroupOffsets(lane.applicationId(), wanted)
                        .all());
                LOG.atInfo()
                        .addKeyValue("lane", lane.name())
                        .log("set the first offset of " + wanted.size() + " partitions to the start of the log");
                return;
            } catch (UnknownMemberIdException | GroupNotEmptyException anotherInstanceRuns) {
                // That instance has set the offsets, or is about to.
                if (System.nanoTime() > deadline) {
                    throw new StartupException("some partitions have no committed offset, and it cannot be set while"
                            + " other instances of the lane run: stop them, start one, then the others");
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> missingOffsets(int partitions, boolean acceptExpired) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (Topic source : lane.sources()) {
            for (int partition = 0; partition < partitions; partition++) {
                asked.put(new TopicPartition(source.fullName(), partition), OffsetSpec.earliest());
            }
        }
        Map<TopicPartition, ListOffsetsResultInfo> earliest =
                await(admin.listOffsets(asked).all());
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(admin.listConsumerGroupOffsets(lane.applicationId()).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetAndMetadata> wanted = new HashMap<>();
        List<TopicPartition> expired = new ArrayList<>();
        earliest.forEach((partition, start) -> {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                wanted.put(partition, new OffsetAndMetadata(start.offset()));
            } else if (offset.offset() < start.offset()) {
                expired.add(partition);
                wanted.put(partition, new OffsetAndMetadata(start.offset()));
            }
        });
        if (!expired.isEmpty() && !acceptExpired) {
            throw new StartupException("lane " + lane.name() + ": input expired unread in "
                    + expired.stream().map(TopicPartition::toString).sorted().collect(Collectors.joining(", "))
                    + "; start with --accept-expired-input to go on behind the gap");
        }
        return wanted;
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            if (cause instanceof RuntimeException refused) {
                throw refused;
            }
            throw new StartupException(
                    "the cluster did not answer: " + cause.getClass().getSimpleName());
        } catch (TimeoutException late) {
            throw new StartupException("the cluster did not answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking the cluster");
        }
    }
}
