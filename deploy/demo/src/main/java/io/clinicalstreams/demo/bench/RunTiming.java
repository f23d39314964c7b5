package io.clinicalstreams.demo.bench;

import io.clinicalstreams.peer.PeerResult;

/**
 * The times of one run, from its first record to the commit of its last.
 *
 * @param threads the contender's number of threads
 */
record RunTiming(Contender contender, int threads, long records, double seconds, double cpuSeconds) {

    private static final double MICROS_PER_SECOND = 1e6;

    static RunTiming of(Contender contender, long records, PeerResult result) {
        return new RunTiming(contender, result.threads(), records, result.seconds(), result.cpuSeconds());
    }

    double recordsPerSecond() {
        return records / seconds;
    }

    double cpuMicrosPerRecord() {
        return cpuSeconds * MICROS_PER_SECOND / records;
    }
}
