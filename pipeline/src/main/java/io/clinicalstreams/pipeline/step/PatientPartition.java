package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.topics.wire.Partitions;
import io.clinicalstreams.topics.wire.PatientKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a record has its patient's key and is in the partition that Kafka's Java producer chooses for this key.
 * Other clients hash differently by default, so the key alone is not enough. Both lanes use this class, so that one
 * skips what the other re-keys.
 *
 * @param partitions the number of partitions of the input topics
 */
public record PatientPartition(int partitions) {

    /** Whether a record with this key belongs in this partition. */
    boolean isOf(byte @Nullable [] key, int partition) {
        return key != null && partition == Partitions.partitionFor(key, partitions);
    }

    public boolean isRight(PatientKey patient, byte @Nullable [] key, int partition) {
        byte[] expected = patient.toBytes();
        return Arrays.equals(expected, key) && partition == Partitions.partitionFor(expected, partitions);
    }
}
