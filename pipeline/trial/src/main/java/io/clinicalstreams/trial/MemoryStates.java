package io.clinicalstreams.trial;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The store of patient states, in the order in which patients came, so that a trial is the same each time. */
final class MemoryStates implements KeyValueStore<byte[], byte[]> {

    private final String name;
    private final Observer observer;
    private final Map<Bytes, byte[]> states = new LinkedHashMap<>();

    /** Takes the value before and after each write. */
    @FunctionalInterface
    interface Observer {

        void replaced(byte[] patient, byte @Nullable [] before, byte @Nullable [] after);
    }

    MemoryStates(String name, Observer observer) {
        this.name = name;
        this.observer = observer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte @Nullable [] get(byte[] patient) {
        return states.get(Bytes.wrap(patient));
    }

    @Override
    public void put(byte[] patient, byte @Nullable [] state) {
        Bytes key = Bytes.wrap(patient);
        observer.replaced(patient, state == null ? states.remove(key) : states.put(key, state), state);
    }

    @Override
    public byte @Nullable [] putIfAbsent(byte[] patient, byte[] state) {
        return states.putIfAbsent(Bytes.wrap(patient), state);
    }

    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(byte[] patient) {
        return states.remove(Bytes.wrap(patient));
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        Iterator<Map.Entry<Bytes, byte[]>> each = List.copyOf(states.entrySet()).iterator();
        return new KeyValueIterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public KeyValue<byte[], byte[]> next() {
                Map.Entry<Bytes, byte[]> state = each.next();
                return KeyValue.pair(state.getKey().get(), state.getValue());
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
        return states.size();
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
