package io.clinicalstreams.topics.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Finds open transactions by what they hide from readers, so without the right to read a record. */
public record OpenTransactions(Admin admin) {

    /**
     * The first offset of each partition's oldest open transaction, where read-committed readers wait; partitions
     * without one are left out.
     *
     * @param partitions each with a leader
     * @throws KafkaException if the cluster does not answer or refuses
     */
    public Map<TopicPartition, Long> in(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        // In this order: a record that arrives between the two answers must not look like an open transaction.
        Map<TopicPartition, Long> ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> open = new HashMap<>(ends(partitions, IsolationLevel.READ_COMMITTED));
        open.entrySet().removeIf(stable -> stable.getValue() >= ends.getOrDefault(stable.getKey(), 0L));
        return open;
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        return ClusterAnswer.of(admin.listOffsets(
                                partitions.stream()
                                        .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())),
                                new ListOffsetsOptions(isolation))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }
}
