package io.clinicalstreams.demo.bench;

/**
 * The input that all topologies of a bench processed.
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
