package io.clinicalstreams.loadgen.send;

import org.jspecify.annotations.Nullable;

/**
 * One record to be sent.
 *
 * @param key UTF-8 of the patient key, or null
 * @param value the bytes to send, null for a tombstone
 * @param partition the target partition, null for Kafka's hash of the key
 * @param resources how many resources the record counts as: the entries of a Bundle that can be split, else 1
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the producer needs arrays.
public record Outgoing(
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable Integer partition,
        int resources) {

    public static Outgoing of(byte @Nullable [] key, byte @Nullable [] value) {
        return new Outgoing(key, value, null, 1);
    }

    /** Key and value together, in bytes. */
    public int size() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    /** Hides key and value: this text may be logged. */
    @Override
    public String toString() {
        return "Outgoing[" + size() + " bytes]";
    }
}
