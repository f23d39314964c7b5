package io.clinicalstreams.verifier.classify;

import org.apache.kafka.common.utils.Utils;

/**
 * A topic as a verifier needs to know it.
 *
 * @param name logical name
 * @param fullName the name on the cluster
 * @param maxBytes the largest record that the topic and the recording lane's producer take, uncompressed
 */
public record Place(String name, String fullName, int partitions, int maxBytes) {

    /** The partition that Kafka's own hash gives this key. */
    public int partitionOf(byte[] key) {
        return partitionOf(Utils.murmur2(key));
    }

    int partitionOf(int murmur2) {
        return Utils.toPositive(murmur2) % partitions;
    }
}
