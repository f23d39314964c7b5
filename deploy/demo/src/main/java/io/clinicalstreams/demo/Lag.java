package io.clinicalstreams.demo;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How many records a lane is behind the end of its input, as seen by a committed reader. */
record Lag(Admin admin, Lane lane, int partitions) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The records not yet committed; -1 when the cluster does not respond. */
    long records() {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic source : lane.sources()) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(source.fullName(), partition), OffsetSpec.latest());
            }
        }
        try {
            Map<TopicPartition, ListOffsetsResultInfo> latest = ClusterAnswer.of(
                    admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                            .all(),
                    PATIENCE);
            Map<TopicPartition, OffsetAndMetadata> committed = ClusterAnswer.of(
                    admin.listConsumerGroupOffsets(lane.applicationId()).partitionsToOffsetAndMetadata(), PATIENCE);
            long lag = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : latest.entrySet()) {
                OffsetAndMetadata offset = committed.get(end.getKey());
                lag += Math.max(0, end.getValue().offset() - (offset == null ? 0 : offset.offset()));
            }
            return lag;
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException noAnswer) {
            return -1;
        }
    }
}
