package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.Settings;
import org.jspecify.annotations.Nullable;

/**
 * One topic in one environment.
 *
 * @param name logical name, the same in every environment; see {@link TopicNames}
 * @param fullName the name on the cluster, with the environment's prefix
 * @param goal what the topic is for, in one sentence
 * @param key what the key is
 * @param value what the value is
 * @param keyedOrder whether consumers rely on all records of a key being in one partition, in order; if so, partitions
 *     cannot be added later
 * @param assumedShare null if none is assumed
 * @param settings effective settings of the topic itself
 * @param producer settings of a client that writes it
 * @param consumer settings of a client that reads it
 */
public record Topic(
        String name,
        String fullName,
        String goal,
        String key,
        String value,
        boolean keyedOrder,
        int partitions,
        short replication,
        Profile profile,
        @Nullable AssumedShare assumedShare,
        Settings settings,
        Settings producer,
        Settings consumer) {

    /** How records are removed from it. */
    public CleanupPolicy cleanup() {
        return CleanupPolicy.of(settings);
    }

    /** The same topic under another name on the cluster. */
    public Topic named(String otherName) {
        return new Topic(
                name,
                otherName,
                goal,
                key,
                value,
                keyedOrder,
                partitions,
                replication,
                profile,
                assumedShare,
                settings,
                producer,
                consumer);
    }
}
