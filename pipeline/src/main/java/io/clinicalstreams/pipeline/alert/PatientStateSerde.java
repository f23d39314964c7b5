package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.PatientState;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The patient's state in its store and changelog. A state that cannot be read stops the lane: going on would forget it. */
public final class PatientStateSerde {

    private PatientStateSerde() {}

    public static Serde<PatientState> create() {
        return Serdes.serdeFrom(
                (topic, state) -> state == null ? null : PatientStateCodec.encode(state),
                (topic, bytes) -> bytes == null ? null : decode(bytes));
    }

    private static @Nullable PatientState decode(byte[] bytes) {
        try {
            return PatientStateCodec.decode(bytes);
        } catch (IllegalArgumentException unreadable) {
            throw new SerializationException(unreadable.getMessage());
        }
    }
}
