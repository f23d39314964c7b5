package io.clinicalstreams.pipeline.alert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Patient states in memory: read by patient, written, and so logged, by part. What it gives for a patient's key is the
 * stored value of {@link StateParts}; what it takes is one part, or null to remove it, under a {@link #key}. A map entry
 * for each part would take four times the memory.
 */
public final class PatientStore implements KeyValueStore<Bytes, byte[]> {

    /** Between a patient's key and the number of a part. No UTF-8 text has this byte. */
    private static final byte SEPARATOR = (byte) 0xFF;

    /** Of the separator and a number. */
    private static final int MOST_KEY_BYTES = 6;

    private final String name;
    private final Map<Bytes, byte[]> patients;
    private final @Nullable Comparator<Map.Entry<Bytes, byte[]>> order;
    private volatile boolean open;

    /** @param patients decides the order of {@link #all} */
    public PatientStore(String name, Map<Bytes, byte[]> patients) {
        this(name, patients, null);
    }

    private PatientStore(
            String name, Map<Bytes, byte[]> patients, @Nullable Comparator<Map.Entry<Bytes, byte[]>> order) {
        this.name = name;
        this.patients = patients;
        this.order = order;
    }

    /**
     * {@link #all} is in the order of their keys. They are sorted for it, once a day: in a tree, each input would search a
     * dozen keys to find its patient among ten thousand.
     */
    public static KeyValueBytesStoreSupplier supplier(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new PatientStore(name, new HashMap<>(), Map.Entry.comparingByKey());
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    /** The key of a part. Part 0 has the patient's key, like the whole states of earlier versions. */
    public static byte[] key(byte[] patient, int number) {
        if (number == 0) {
            return patient;
        }
        StateOutput out = new StateOutput(patient.length + MOST_KEY_BYTES);
        out.raw(patient, 0, patient.length);
        out.octet(SEPARATOR);
        out.natural(number);
        return out.toBytes();
    }

    /** The patient's key in the key of a part. */
    public static byte[] patient(byte[] key) {
        int end = endOfPatient(key);
        return end == key.length ? key : Arrays.copyOf(key, end);
    }

    private static int endOfPatient(byte[] key) {
        int end = 0;
        while (end < key.length && key[end] != SEPARATOR) {
            end++;
        }
        return end;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, part) -> put(Bytes.wrap(key), part));
        open = true;
    }

    /** @param patient without the number of a part */
    @Override
    public synchronized byte @Nullable [] get(Bytes patient) {
        return patients.get(patient);
    }

    @Override
    public synchronized void put(Bytes key, byte @Nullable [] part) {
        change(patient(key.get()), List.of(new StateParts.Part(number(key.get()), part)));
    }

    /** Faster if the parts of a patient follow one another. */
    @Override
    public synchronized void putAll(List<KeyValue<Bytes, byte[]>> parts) {
        byte[] patient = {};
        List<StateParts.Part> changes = new ArrayList<>(parts.size());
        for (KeyValue<Bytes, byte[]> part : parts) {
            byte[] key = part.key.get();
            int end = endOfPatient(key);
            if (!Arrays.equals(key, 0, end, patient, 0, patient.length)) {
                change(patient, changes);
                changes.clear();
                patient = patient(key);
            }
            changes.add(new StateParts.Part(number(key), part.value));
        }
        change(patient, changes);
    }

    private void change(byte[] patient, List<StateParts.Part> changes) {
        Bytes key = Bytes.wrap(patient);
        byte[] stored = changes.isEmpty() ? null : StateParts.with(patients.get(key), changes);
        if (stored != null) {
            patients.put(key, stored);
        } else if (!changes.isEmpty()) {
            patients.remove(key);
        }
    }

    private static int number(byte[] key) {
        int end = endOfPatient(key);
        if (end == key.length) {
            return 0;
        }
        StateInput in = new StateInput(key, end + 1, key.length);
        int number = in.number();
        in.end();
        return number;
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] part) {
        throw new UnsupportedOperationException("a part is put whether or not there is one");
    }

    @Override
    public byte[] delete(Bytes key) {
        throw new UnsupportedOperationException("put null");
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw new UnsupportedOperationException("no step reads a range");
    }

    /** A stored value for each patient. Write nothing meanwhile. */
    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        Stream<Map.Entry<Bytes, byte[]>> entries = patients.entrySet().stream();
        Iterator<Map.Entry<Bytes, byte[]>> each = (order == null ? entries : entries.sorted(order)).iterator();
        return new KeyValueIterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public KeyValue<Bytes, byte[]> next() {
                Map.Entry<Bytes, byte[]> patient = each.next();
                return KeyValue.pair(patient.getKey(), patient.getValue());
            }

            @Override
            public Bytes peekNextKey() {
                throw new UnsupportedOperationException("no step looks ahead");
            }

            @Override
            public void close() {}
        };
    }

    /** The number of patients. */
    @Override
    public synchronized long approximateNumEntries() {
        return patients.size();
    }

    /** Kafka Streams commits what was logged; there is nothing else to keep. */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {}

    @Override
    public synchronized void close() {
        patients.clear();
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Interactive queries are not used. */
    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }
}
