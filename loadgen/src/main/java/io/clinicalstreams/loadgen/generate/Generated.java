package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.send.Outgoing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One generated record and what the generator knows about it.
 *
 * @param outgoing key, value, partition and number of resources, ready to send
 * @param at the intended send time; all times in the value derive from it unless the record is late or reordered
 * @param critical whether its value is beyond a critical limit
 * @param malformation how it is malformed, null when it is valid
 */
public record Generated(
        Outgoing outgoing,
        Instant at,
        Kind kind,
        Keying keying,
        boolean critical,
        @Nullable Malformation malformation) {

    /** The content of a generated record. */
    public enum Kind {
        VITAL_SIGN,
        BLOOD_PRESSURE,
        LABORATORY,
        MEDICATION_REQUEST,
        ENCOUNTER,
        PATIENT,
        /** A laboratory result that was sent before, with another value. */
        CORRECTION,
        /** A laboratory result that was sent before, entered in error. */
        WITHDRAWAL,
        /** A Patient whose record is replaced by another one. */
        MERGE,
        /** A transaction Bundle of one patient with valid entries only. */
        BUNDLE,
        /** One of the inputs of {@link Malformation}. */
        MALFORMED
    }

    /** The key and partition of a generated record. */
    public enum Keying {
        /** The patient's key, on the partition of Kafka's hash. */
        RIGHT,
        /** No key, as from a gateway that does not set keys. */
        NO_KEY,
        /** The key of another patient. */
        OTHER_PATIENT,
        /** The patient's key, on a partition that another client's hash might choose. */
        OTHER_PARTITION
    }

    /** The same record, sent later. */
    Generated sentAt(Instant later) {
        return new Generated(outgoing, later, kind, keying, critical, malformation);
    }

    public byte @Nullable [] key() {
        return outgoing.key();
    }

    public byte @Nullable [] value() {
        return outgoing.value();
    }

    public @Nullable Integer partition() {
        return outgoing.partition();
    }

    public int resources() {
        return outgoing.resources();
    }
}
