package io.clinicalstreams.demo.bench;

/**
 * The input that all contenders of a bench processed, and what the alerting lane did with it if it ran.
 *
 * @param recordBytes average bytes of key and value
 * @param alerts transitions that the alerting lane wrote in one run
 * @param stateBytesPerPut average bytes of key and value of what the alerting lane put into its store
 */
record ThroughputInput(
        long records,
        double recordBytes,
        int partitions,
        long alerts,
        int stateBytesPerPut,
        double statePutsPerRecord) {}
