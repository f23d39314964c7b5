package io.clinicalstreams.topics.wire;

import org.apache.kafka.common.utils.Utils;

/**
 * The partition that Kafka's Java producer chooses for a key: murmur2, made positive, modulo the number of partitions.
 * Other clients hash differently by default; librdkafka does the same with {@code partitioner=murmur2_random}.
 */
public final class Partitions {

    private Partitions() {}

    /** @param partitions the topic's number of partitions, 1 or more */
    public static int partitionFor(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
