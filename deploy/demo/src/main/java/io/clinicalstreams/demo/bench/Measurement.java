package io.clinicalstreams.demo.bench;

/** What one run took, from its first record to the commit of its last. */
record Measurement(Contender contender, long records, double seconds, double cpuSeconds) {

    private static final double MICROS_PER_SECOND = 1e6;

    double recordsPerSecond() {
        return records / seconds;
    }

    double cpuMicrosPerRecord() {
        return cpuSeconds * MICROS_PER_SECOND / records;
    }
}
