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
