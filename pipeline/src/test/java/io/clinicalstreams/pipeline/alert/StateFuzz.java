package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.PatientState;

/** Fuzz target: any bytes as a patient's stored state are refused, or are a state that is stored and read the same. */
final class StateFuzz {

    private StateFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        PatientState state;
        try {
            state = PatientStateCodec.decode(data);
        } catch (UnreadableStateException refused) {
            return;
        }
        byte[] written = PatientStateCodec.encode(state);
        assertThat(PatientStateCodec.decode(written)).isEqualTo(state);
        assertThat(PatientStateCodec.encode(PatientStateCodec.decode(written))).isEqualTo(written);
    }
}
