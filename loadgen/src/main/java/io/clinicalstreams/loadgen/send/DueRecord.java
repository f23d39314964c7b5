package io.clinicalstreams.loadgen.send;

import java.util.Arrays;

/**
 * A record and its due time.
 *
 * @param index from 0
 * @param due nanoseconds after the start; without a rate, when it was read from the source
 */
record DueRecord(long index, long due, Outgoing outgoing) {

    /** The thread that sends it: always the same for a key, which keeps a patient's records in order. */
    int thread(int threads) {
        return Math.floorMod(Arrays.hashCode(outgoing.key()), threads);
    }
}
