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
 * What lanes have left on a cluster by running there. Committed offsets alone do not tell: Kafka forgets those of a
 * group that is away for a week.
 *
 * @param committed where each lane's group goes on; empty for one that has committed nothing, or whose offsets expired
 * @param topics the names of all topics of the cluster that may be seen
 */
record LaneTraces(Map<Lane, Map<TopicPartition, Long>> committed, Set<String> topics) {

    static LaneTraces on(Admin admin, Catalogue catalogue) {
        List<Lane> lanes = catalogue.lanes();
        ListConsumerGroupOffsetsSpec everything = new ListConsumerGroupOffsetsSpec();
        ListConsumerGroupOffsetsResult answers = admin.listConsumerGroupOffsets(
                lanes.stream().collect(Collectors.toMap(Lane::applicationId, lane -> everything)));
        Map<Lane, Map<TopicPartition, Long>> committed = new LinkedHashMap<>();
        lanes.forEach(lane -> committed.put(lane, offsets(answers, lane.applicationId())));
        return new LaneTraces(committed, ClusterAnswer.of(admin.listTopics().names()));
    }

    private static Map<TopicPartition, Long> offsets(ListConsumerGroupOffsetsResult answers, String group) {
        try {
            Map<TopicPartition, OffsetAndMetadata> answer =
                    ClusterAnswer.of(answers.partitionsToOffsetAndMetadata(group));
            Map<TopicPartition, Long> offsets = new HashMap<>();
            answer.forEach((partition, offset) -> {
                // The client's library gives null for a partition that nothing was committed for.
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

    /** The topics that Kafka Streams made for it, declared or not. */
    List<String> internalTopics(Lane lane) {
        return topics.stream()
                .filter(name -> name.startsWith(lane.applicationId() + '-'))
                .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
                .sorted()
                .toList();
    }
}
