package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a lane has processed a topic, as its group has committed it. */
final class InputCommits {

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> input;

    InputCommits(Admin admin, Lane lane, Topic input) {
        this.admin = admin;
        this.group = lane.applicationId();
        this.input = IntStream.range(0, input.partitions())
                .mapToObj(partition -> new TopicPartition(input.fullName(), partition))
                .toList();
    }

    /** Committed offsets, 0 before the first commit. */
    Map<TopicPartition, Long> now() {
        Map<TopicPartition, OffsetAndMetadata> committed =
                ClusterAnswer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return input.stream().collect(Collectors.toMap(Function.identity(), partition -> {
            OffsetAndMetadata offset = committed.get(partition);
            return offset == null ? 0 : offset.offset();
        }));
    }

    /** Records processed, of all partitions: the input has no transactions, so each offset is a record. */
    static long records(Map<TopicPartition, Long> committed) {
        return committed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether a partition that has input has none left. */
    static boolean areAtAnEnd(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .anyMatch(end -> end.getValue() > 0 && committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** The ends of the input. */
    Map<TopicPartition, Long> ends() {
        return ClusterAnswer.of(admin.listOffsets(input.stream()
                                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Whether in each partition something beyond these offsets is processed. */
    boolean areBeyond(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> now = now();
        return offsets.entrySet().stream().allMatch(each -> now.getOrDefault(each.getKey(), 0L) > each.getValue());
    }
}
