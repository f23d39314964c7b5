package io.clinicalstreams.verifier.source;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The end of topics at one moment, usually before a run: later records belong to the run.
 *
 * @param offsets the next record's offset, by partition; a missing partition is read from its first record
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

    /** Whether all records of the topic are after this mark. */
    public boolean isBeginningOf(String fullName) {
        return offsets.entrySet().stream()
                .noneMatch(each -> each.getKey().topic().equals(fullName) && each.getValue() > 0);
    }
}
