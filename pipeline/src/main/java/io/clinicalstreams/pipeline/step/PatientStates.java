package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The patients' states in a task's store, by patient key. The store keeps bytes, so that who writes a state encodes it
 * once and knows its size. A state that cannot be read stops the lane: going on would forget it.
 */
final class PatientStates {

    private final KeyValueStore<byte[], byte[]> store;

    PatientStates(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    PatientState get(byte[] patient) {
        byte[] state = store.get(patient);
        return state == null ? PatientState.EMPTY : PatientStateCodec.decode(state);
    }

    /** @param state encoded */
    void put(byte[] patient, byte[] state) {
        store.put(patient, state);
    }

    /** Hands over every state there is. That decodes each, so it is for the beginning of a task alone. */
    void forEach(BiConsumer<byte[], PatientState> taker) {
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> patient = all.next();
                taker.accept(patient.key, PatientStateCodec.decode(patient.value));
            }
        }
    }
}
