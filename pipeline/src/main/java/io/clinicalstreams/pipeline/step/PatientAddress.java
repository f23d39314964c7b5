package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.topics.wire.Partitions;
import io.clinicalstreams.topics.wire.PatientKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a record stands where its patient's records stand: under the patient's key, on the partition that
 * Kafka's own hash gives this key. Clients outside Java hash differently by default, so the key alone proves nothing.
 * Both lanes ask this one class, so that what one re-sends the other skips.
 *
 * @param partitions how many partitions the input topics have
 */
public record PatientAddress(int partitions) {

    public boolean isRight(PatientKey patient, byte @Nullable [] key, int partition) {
        byte[] expected = patient.toBytes();
        return Arrays.equals(expected, key) && partition == Partitions.partitionFor(expected, partitions);
    }
}
