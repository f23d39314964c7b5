package io.clinicalstreams.topics.size;

/**
 * What a compacted topic keeps on all disks together: before it is cleaned, the given share of it is old.
 *
 * @param dirty the topic's {@code min.cleanable.dirty.ratio}
 */
record CompactedTopic(double keys, double bytesPerKey, double dirty, int replication) {

    /** Kafka takes ratios up to 1, at which nothing would ever be cleaned; then this is no bound. */
    private static final double MOST = 0.99;

    double bytes() {
        return keys * bytesPerKey / (1 - Math.min(dirty, MOST)) * replication;
    }
}
