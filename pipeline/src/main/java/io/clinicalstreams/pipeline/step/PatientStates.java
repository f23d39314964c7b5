package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The patient states in a task's store, by patient key. The store holds bytes, so that the writer encodes a state once
 * and knows its size. A state that cannot be read stops the lane: continuing would lose it.
 */
record PatientStates(KeyValueStore<byte[], byte[]> store) {

    PatientState get(byte[] patient) {
        byte[] state = store.get(patient);
        return state == null ? PatientState.EMPTY : PatientStateCodec.decode(state);
    }

    /** @param state encoded; null deletes it, with a tombstone in the changelog */
    void put(byte[] patient, byte @Nullable [] state) {
        store.put(patient, state);
    }

    List<byte[]> patients() {
        List<byte[]> patients = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(state -> patients.add(state.key));
        }
        return patients;
    }

    /** Passes on every state. Decodes each of them, so only for the start of a task. */
    void forEach(BiConsumer<byte[], PatientState> taker) {
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> patient = all.next();
                taker.accept(patient.key, PatientStateCodec.decode(patient.value));
            }
        }
    }
}
