package io.clinicalstreams.topics.wire;

import org.apache.kafka.common.utils.Utils;

/**
 * Where Kafka's own Java producer puts a key: murmur2, made positive, modulo the partitions. Clients outside Java hash
 * differently by default; librdkafka does this with {@code partitioner=murmur2_random}.
 */
public final class Partitions {

    private Partitions() {}

    /** @param partitions how many the topic has, 1 or more */
    public static int partitionFor(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
