package io.clinicalstreams.loadgen.measure;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
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

    /**
     * Whether the group has read this input before, so that its lag means something.
     *
     * @throws KafkaException if the cluster does not say
     */
    public boolean isKnown() {
        Map<TopicPartition, Long> committed = committed();
        return input.stream().anyMatch(committed::containsKey);
    }

    /** The records not yet committed; -1 when the cluster does not respond. */
    public long records() {
        try {
            Map<TopicPartition, Long> ends = offsets(input, OffsetSpec.latest());
            Map<TopicPartition, Long> read = new HashMap<>(committed());
            List<TopicPartition> unread = input.stream()
                    .filter(partition -> !read.containsKey(partition))
                    .toList();
            if (!unread.isEmpty()) {
                read.putAll(offsets(unread, OffsetSpec.earliest()));
            }
            return behind(ends, read);
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException noAnswer) {
            return -1;
        }
    }

    /** @param read where the group goes on: after its commit, or at the beginning, which moves as records expire */
    static long behind(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> read) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - read.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    private Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> committed = new HashMap<>();
        ClusterAnswer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), PATIENCE)
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ClusterAnswer.of(
                        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all(),
                        PATIENCE)
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }
}
