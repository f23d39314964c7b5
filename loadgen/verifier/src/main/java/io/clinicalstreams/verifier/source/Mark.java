package io.clinicalstreams.verifier.source;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where topics ended at one moment, usually before a run: what stands behind it belongs to the run.
 *
 * @param offsets the offset that the next record will have, by partition; of a partition that is missing everything there
 *     is stands behind the mark
 */
public record Mark(Map<TopicPartition, Long> offsets) {

    /** Before the first record of every topic. */
    public static final Mark BEGINNING = new Mark(Map.of());

    public Mark {
        offsets = Map.copyOf(offsets);
    }

    public long of(TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    /** Whether everything in the topic stands behind this mark. */
    public boolean isBeginningOf(String fullName) {
        return offsets.entrySet().stream()
                .noneMatch(each -> each.getKey().topic().equals(fullName) && each.getValue() > 0);
    }
}
