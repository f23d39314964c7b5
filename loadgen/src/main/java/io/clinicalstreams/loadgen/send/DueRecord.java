package io.clinicalstreams.loadgen.send;

import java.util.Arrays;

/**
 * A record and when it is due.
 *
 * @param index from 0
 * @param due nanoseconds after the start; without a rate, when it was read from the source
 */
record DueRecord(long index, long due, Outgoing outgoing) {

    /** Which of the threads sends it: always the same for a key, so that the order of a patient's records is kept. */
    int thread(int threads) {
        return Math.floorMod(Arrays.hashCode(outgoing.key()), threads);
    }
}
