package io.clinicalstreams.demo.bench;

/**
 * What one run took, from its first record to the commit of its last.
 *
 * @param threads of the topology, which shared the records
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
