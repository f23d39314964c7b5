package io.clinicalstreams.pipeline.runtime.watch;

import io.clinicalstreams.pipeline.runtime.watch.TopicChanges.Found;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.OpenTransactions;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the brokers know about a running lane. Each method throws a {@link KafkaException} without an answer. */
record LaneOnCluster(Admin admin, Lane lane) {

    /** By name; topics that do not exist are left out. */
    Map<String, Found> topics(List<String> names) {
        Map<String, Found> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> {
            try {
                TopicDescription topic = ClusterAnswer.of(answer);
                found.put(name, new Found(topic.topicId(), topic.partitions().size()));
            } catch (UnknownTopicOrPartitionException doesNotExist) {
                // Left out.
            }
        });
        return found;
    }

    /** The group's committed offsets; partitions without one are left out. */
    Map<TopicPartition, Long> committed() {
        return committed(false);
    }

    /** Partitions whose offset is part of an open transaction, so that the group's members wait for it. */
    Set<TopicPartition> pendingCommits() {
        Set<TopicPartition> pending = new HashSet<>(committed(false).keySet());
        pending.removeAll(committed(true).keySet());
        return pending;
    }

    private Map<TopicPartition, Long> committed(boolean withoutPending) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        ClusterAnswer.of(admin.listConsumerGroupOffsets(
                                lane.applicationId(),
                                new ListConsumerGroupOffsetsOptions().requireStable(withoutPending))
                        .partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    // The client library returns null for a partition without a committed offset.
                    if (Objects.nonNull(offset)) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    ConsumerGroupDescription group() {
        return ClusterAnswer.of(Objects.requireNonNull(admin.describeConsumerGroups(List.of(lane.applicationId()))
                .describedGroups()
                .get(lane.applicationId())));
    }

    /** The first offset of each partition's oldest open transaction. */
    Map<TopicPartition, Long> openTransactions(Collection<TopicPartition> partitions) {
        return new OpenTransactions(admin).in(partitions);
    }
}
