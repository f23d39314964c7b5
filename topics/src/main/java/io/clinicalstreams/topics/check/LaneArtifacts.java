package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Traces of lanes that have run on a cluster. Committed offsets alone are not enough: they expire after a week without
 * the group.
 *
 * @param committed each lane's committed offsets; empty if there are none, or they expired
 * @param topics the names of all visible topics of the cluster
 */
record LaneArtifacts(Map<Lane, Map<TopicPartition, Long>> committed, Set<String> topics) {

    static LaneArtifacts on(Admin admin, Catalogue catalogue) {
        List<Lane> lanes = catalogue.lanes();
        ListConsumerGroupOffsetsSpec everything = new ListConsumerGroupOffsetsSpec();
        ListConsumerGroupOffsetsResult answers = admin.listConsumerGroupOffsets(
                lanes.stream().collect(Collectors.toMap(Lane::applicationId, lane -> everything)));
        Map<Lane, Map<TopicPartition, Long>> committed = new LinkedHashMap<>();
        lanes.forEach(lane -> committed.put(lane, offsets(answers, lane.applicationId())));
        return new LaneArtifacts(committed, ClusterAnswer.of(admin.listTopics().names()));
    }

    private static Map<TopicPartition, Long> offsets(ListConsumerGroupOffsetsResult answers, String group) {
        try {
            Map<TopicPartition, OffsetAndMetadata> answer =
                    ClusterAnswer.of(answers.partitionsToOffsetAndMetadata(group));
            Map<TopicPartition, Long> offsets = new HashMap<>();
            answer.forEach((partition, offset) -> {
                // The client library returns null for a partition without a committed offset.
                if (Objects.nonNull(offset)) {
                    offsets.put(partition, offset.offset());
                }
            });
            return offsets;
        } catch (GroupIdNotFoundException neverRan) {
            return Map.of();
        }
    }

    /** Lanes that have run here. */
    List<Lane> lanes() {
        return committed.keySet().stream()
                .filter(lane -> hasCommitted(lane) || !internalTopics(lane).isEmpty())
                .toList();
    }

    boolean hasCommitted(Lane lane) {
        return !committed(lane).isEmpty();
    }

    Map<TopicPartition, Long> committed(Lane lane) {
        return committed.getOrDefault(lane, Map.of());
    }

    /** The topics that Kafka Streams created for it, declared or not. */
    List<String> internalTopics(Lane lane) {
        return topics.stream()
                .filter(name -> name.startsWith(lane.applicationId() + '-'))
                .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
                .sorted()
                .toList();
    }
}
