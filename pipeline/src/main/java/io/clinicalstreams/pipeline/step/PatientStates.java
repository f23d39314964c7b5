package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.alert.PatientStore;
import io.clinicalstreams.pipeline.alert.StateParts;
import io.clinicalstreams.pipeline.alert.StoredState;
import io.clinicalstreams.pipeline.alert.UnreadableStateException;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The patient states in a task's store, by patient key. The store holds bytes, so that the writer encodes what changed
 * once and knows its size. A state that cannot be read stops the lane: continuing would lose it.
 */
final class PatientStates {

    /**
     * What a patient's new state writes.
     *
     * @param stored before; null if nothing was
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Change(byte[] patient, byte @Nullable [] stored, List<StateParts.Part> parts) {

        /** The size of the whole state in bytes, or a little more: as if no part were replaced. */
        int atMost() {
            return StateParts.atMost(stored, parts);
        }

        /** The size of the whole state in bytes. */
        int size() {
            return SizeLimit.length(StateParts.with(stored, parts));
        }
    }

    private final KeyValueStore<byte[], byte[]> store;
    private StoredState last = new StoredState(null);
    private byte @Nullable [] lastPatient;

    /** @param store a {@link PatientStore} */
    PatientStates(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** @throws UnreadableStateException now, or when readings are needed that cannot be read */
    PatientState get(byte[] patient) {
        return read(patient).state();
    }

    /** The store gives the same bytes until they change, and a patient is often read twice. */
    @SuppressWarnings("ReferenceEquality")
    private StoredState read(byte[] patient) {
        byte[] bytes = store.get(patient);
        if (bytes != last.bytes()) {
            last = new StoredState(bytes);
        }
        lastPatient = patient;
        return last;
    }

    /** Encodes what {@link #write} would write. Usually, the patient is the one that was read last. */
    Change change(byte[] patient, PatientState after) {
        StoredState stored = Arrays.equals(patient, lastPatient) ? last : read(patient);
        return new Change(patient, stored.bytes(), stored.changes(after));
    }

    /** What is gone is written as a tombstone. */
    void write(Change change) {
        if (change.parts().isEmpty()) {
            return;
        }
        List<KeyValue<byte[], byte[]>> parts = new ArrayList<>(change.parts().size());
        for (StateParts.Part part : change.parts()) {
            parts.add(KeyValue.pair(PatientStore.key(change.patient(), part.number()), part.bytes()));
        }
        store.putAll(parts);
        lastPatient = null;
    }

    /** {@link PatientState#EMPTY} deletes the state. */
    void put(byte[] patient, PatientState after) {
        write(change(patient, after));
    }

    List<byte[]> patients() {
        List<byte[]> patients = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(state -> patients.add(state.key));
        }
        return patients;
    }

    /** Passes on every state. Decodes each of them whole, so only for the start of a task: one that is damaged stops it. */
    void forEach(BiConsumer<byte[], PatientState> taker) {
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> patient = all.next();
                taker.accept(patient.key, PatientStateCodec.decode(patient.value));
            }
        }
    }
}
