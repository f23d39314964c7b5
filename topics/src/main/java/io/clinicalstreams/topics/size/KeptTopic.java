package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.CleanupPolicy;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicDefinitions;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic keeps on all disks together, bound by whatever takes records away first: their age, a partition's size, or
 * a newer value of their key.
 *
 * @param shares how many keys it holds, and for how many days to compute where it keeps records for ever
 * @param patients whom it is about
 * @param bytesPerSecond written on average, as packed
 * @param bytesPerRecord as packed
 */
record KeptTopic(Topic topic, Shares shares, double patients, double bytesPerSecond, double bytesPerRecord) {

    /** Who writes more means for ever: some write the largest number there is. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Map<String, Object> DEFAULTS =
            TopicDefinitions.configDef().defaultValues();

    /** @throws IllegalArgumentException when nothing ever takes records away, and nobody says how long to compute with */
    double bytes() {
        CleanupPolicy cleanup = topic.cleanup();
        double bytes = Math.min(
                cleanup.isCompacted() ? byKeys() : Double.POSITIVE_INFINITY,
                cleanup.isTable() ? Double.POSITIVE_INFINITY : Math.min(byAge(cleanup), bySize(cleanup)));
        if (Double.isInfinite(bytes)) {
            throw new IllegalArgumentException(topic.name()
                    + " keeps records for ever, for which no disk is enough: say for how many days to compute, --days "
                    + topic.name() + "=NUMBER");
        }
        return bytes;
    }

    private double byKeys() {
        double dirty = Double.parseDouble(setting(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG));
        return new CompactedTopic(shares.keys(topic.name(), patients), bytesPerRecord, dirty, topic.replication())
                .bytes();
    }

    private double byAge(CleanupPolicy cleanup) {
        long retention = cleanup.isDeleted() ? number(TopicConfig.RETENTION_MS_CONFIG) : -1;
        Duration age = shares.days(topic.name()).orElse(Duration.ofMillis(retention));
        if (age.isNegative() || age.compareTo(LONGEST) > 0) {
            return Double.POSITIVE_INFINITY;
        }
        Duration kept = age.plusMillis(Math.min(number(TopicConfig.SEGMENT_MS_CONFIG), LONGEST.toMillis()));
        return new StoredTopic(bytesPerSecond, kept, topic.replication()).bytes();
    }

    /** A partition is too large by one segment before one goes. */
    private double bySize(CleanupPolicy cleanup) {
        long most = cleanup.isDeleted() ? number(TopicConfig.RETENTION_BYTES_CONFIG) : -1;
        return most < 0
                ? Double.POSITIVE_INFINITY
                : ((double) most + number(TopicConfig.SEGMENT_BYTES_CONFIG)) * topic.partitions() * topic.replication();
    }

    private long number(String name) {
        return Long.parseLong(setting(name));
    }

    private String setting(String name) {
        return topic.settings()
                .get(name)
                .map(EffectiveSetting::value)
                .orElseGet(() -> String.valueOf(DEFAULTS.get(name)));
    }
}
