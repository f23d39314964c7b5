package io.clinicalstreams.loadgen.measure;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How many records a group is behind the end of its input, as seen by a committed reader. */
public record Lag(Admin admin, String group, List<TopicPartition> input) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A lane's lag. */
    public static Lag of(Admin admin, Lane lane, int partitions) {
        return of(
                admin,
                lane.applicationId(),
                lane.sources().stream().map(source -> source.fullName()).toList(),
                partitions);
    }

    /** @param partitions of each topic */
    public static Lag of(Admin admin, String group, Collection<String> topics, int partitions) {
        return new Lag(
                admin,
                group,
                topics.stream()
                        .flatMap(topic -> IntStream.range(0, partitions)
                                .mapToObj(partition -> new TopicPartition(topic, partition)))
                        .toList());
    }

    /** Whether the group has read this input before, so that its lag means something. */
    public boolean isKnown() {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    ClusterAnswer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), PATIENCE);
            return input.stream().anyMatch(committed::containsKey);
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException noAnswer) {
            return false;
        }
    }

    /** The records not yet committed; -1 when the cluster does not respond. */
    public long records() {
        Map<TopicPartition, OffsetSpec> ends =
                input.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        try {
            Map<TopicPartition, ListOffsetsResultInfo> latest = ClusterAnswer.of(
                    admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                            .all(),
                    PATIENCE);
            Map<TopicPartition, OffsetAndMetadata> committed =
                    ClusterAnswer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), PATIENCE);
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
