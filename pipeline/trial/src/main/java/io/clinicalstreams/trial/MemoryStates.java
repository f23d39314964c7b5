package io.clinicalstreams.trial;

import io.clinicalstreams.pipeline.alert.PatientStore;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The store of patient states, in the order in which patients came, so that a trial is the same each time. */
final class MemoryStates implements KeyValueStore<byte[], byte[]> {

    private final PatientStore states;
    private final Observer observer;

    /** Takes the value before and after each write. */
    @FunctionalInterface
    interface Observer {

        void replaced(byte[] patient, byte @Nullable [] before, byte @Nullable [] after);
    }

    MemoryStates(String name, Observer observer) {
        this.states = new PatientStore(name, new LinkedHashMap<>());
        this.observer = observer;
    }

    @Override
    public String name() {
        return states.name();
    }

    @Override
    public byte @Nullable [] get(byte[] patient) {
        return states.get(Bytes.wrap(patient));
    }

    @Override
    public void put(byte[] key, byte @Nullable [] part) {
        states.put(Bytes.wrap(key), part);
    }

    /** All that changes for one patient. */
    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> parts) {
        byte[] patient = PatientStore.patient(parts.get(0).key);
        byte[] before = get(patient);
        states.putAll(parts.stream()
                .map(part -> KeyValue.pair(Bytes.wrap(part.key), part.value))
                .toList());
        observer.replaced(patient, before, get(patient));
    }

    @Override
    public byte[] putIfAbsent(byte[] key, byte[] part) {
        throw new UnsupportedOperationException("no step asks for it");
    }

    @Override
    public byte[] delete(byte[] key) {
        throw new UnsupportedOperationException("no step asks for it");
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        KeyValueIterator<Bytes, byte[]> each = states.all();
        return new KeyValueIterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public KeyValue<byte[], byte[]> next() {
                KeyValue<Bytes, byte[]> state = each.next();
                return KeyValue.pair(state.key.get(), state.value);
            }

            @Override
            public byte[] peekNextKey() {
                throw new UnsupportedOperationException("no step looks ahead");
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
        throw new UnsupportedOperationException("no step reads a range");
    }

    @Override
    public long approximateNumEntries() {
        return states.approximateNumEntries();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
