package io.clinicalstreams.verifier.source;

import org.apache.kafka.common.utils.Utils;

/**
 * What the verifier knows about a topic.
 *
 * @param name logical name
 * @param fullName the name on the cluster
 * @param maxBytes the largest record that the topic and the recording lane's producer accept, uncompressed
 */
public record VerifiedTopic(String name, String fullName, int partitions, int maxBytes) {

    /** The partition of this key by Kafka's hash. */
    public int partitionOf(byte[] key) {
        return partitionOf(Utils.murmur2(key));
    }

    public int partitionOf(int murmur2) {
        return Utils.toPositive(murmur2) % partitions;
    }
}
