package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.send.Outgoing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One generated record with what its maker knows about it.
 *
 * @param outgoing key, value, partition and number of resources, ready to be sent
 * @param at the intended send time that all times in the value derive from
 * @param critical whether its value lies beyond a critical limit
 * @param malformation which bad input it is, null when it is a good one
 */
public record Generated(
        Outgoing outgoing,
        Instant at,
        Kind kind,
        Keying keying,
        boolean critical,
        @Nullable Malformation malformation) {

    /** What a generated record holds. */
    public enum Kind {
        VITAL_SIGN,
        BLOOD_PRESSURE,
        LABORATORY,
        MEDICATION_REQUEST,
        ENCOUNTER,
        PATIENT,
        /** A transaction Bundle of one patient whose entries are all good. */
        BUNDLE,
        /** One of the bad inputs of {@link Malformation}. */
        MALFORMED
    }

    /** Under which key and on which partition a generated record is sent. */
    public enum Keying {
        /** The patient's key, on the partition that Kafka's own hash of it names. */
        RIGHT,
        /** No key at all, as from a gateway that never heard of keys. */
        NO_KEY,
        /** The key of another patient. */
        OTHER_PATIENT,
        /** The patient's key, on a partition that another client's hash might have named. */
        OTHER_PARTITION
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
