package io.clinicalstreams.demo.bench;

/**
 * The times of one run, from its first record to the commit of its last.
 *
 * @param threads the topology's number of threads
 */
record RunTiming(Contender contender, int threads, long records, double seconds, double cpuSeconds) {

    private static final double MICROS_PER_SECOND = 1e6;

    double recordsPerSecond() {
        return records / seconds;
    }

    double cpuMicrosPerRecord() {
        return cpuSeconds * MICROS_PER_SECOND / records;
    }
}
