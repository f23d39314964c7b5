package io.clinicalstreams.topics.size;

import java.time.Duration;

/**
 * What a topic keeps on all disks together.
 *
 * @param bytesPerSecond as packed
 * @param kept retention and a segment: a segment goes when its last record is old enough
 */
record StoredTopic(double bytesPerSecond, Duration kept, int replication) {

    private static final double MILLIS = 1000;

    double bytes() {
        return bytesPerSecond * kept.toMillis() / MILLIS * replication;
    }
}
