package io.clinicalstreams.verifier.source;

import org.apache.kafka.common.utils.Utils;

/**
 * A topic as a verifier needs to know it.
 *
 * @param name logical name
 * @param fullName the name on the cluster
 * @param maxBytes the largest record that the topic and the recording lane's producer take, uncompressed
 */
public record VerifiedTopic(String name, String fullName, int partitions, int maxBytes) {

    /** The partition that Kafka's own hash gives this key. */
    public int partitionOf(byte[] key) {
        return partitionOf(Utils.murmur2(key));
    }

    public int partitionOf(int murmur2) {
        return Utils.toPositive(murmur2) % partitions;
    }
}
