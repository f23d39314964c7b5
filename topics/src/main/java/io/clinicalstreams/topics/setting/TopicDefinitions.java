package io.clinicalstreams.topics.setting;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The settings of a topic as the broker defines them. Kafka's own table is in the broker's jars, which a client should
 * not need; so it is repeated here, and a test compares it with the broker's, name by name and value by value.
 */
public final class TopicDefinitions {

    /** New in Kafka 4.4. Older brokers refuse them as unknown. */
    private static final Set<String> NEW = Set.of(
            TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG,
            TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_CONFIG,
            TopicConfig.REMOTE_COPY_LAG_MS_CONFIG,
            TopicConfig.REMOTE_COPY_LAG_BYTES_CONFIG);

    /** The {@code metadata.version} level of Kafka 4.4, 4.4-IV2. */
    private static final int LEVEL_OF_NEW = 33;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private TopicDefinitions() {}

    /** A definition of each setting that a topic can have. */
    public static ConfigDef configDef() {
        ConfigDef definitions = new ConfigDef();
        segments(definitions);
        retention(definitions);
        messages(definitions);
        replication(definitions);
        tiers(definitions);
        return definitions;
    }

    /**
     * The settings that a broker does not know.
     *
     * @param metadataVersion the highest level of {@code metadata.version} that the broker supports
     */
    public static Set<String> unknownTo(int metadataVersion) {
        return metadataVersion < LEVEL_OF_NEW ? NEW : Set.of();
    }

    /**
     * Whether the setting can be omitted without effect: brokers before Kafka 4.4 do not know it, and the value is
     * Kafka's default.
     */
    public static boolean isOmissible(String name, String value) {
        return NEW.contains(name)
                && value.equals(String.valueOf(configDef().defaultValues().get(name)));
    }

    private static void segments(ConfigDef to) {
        to.define(TopicConfig.SEGMENT_BYTES_CONFIG, INT, 1 << 30, atLeast(1 << 20), MEDIUM, "");
        to.define(TopicConfig.SEGMENT_MS_CONFIG, LONG, 604_800_000L, atLeast(1), MEDIUM, "");
        to.define(TopicConfig.SEGMENT_JITTER_MS_CONFIG, LONG, 0L, atLeast(0), MEDIUM, "");
        to.define(TopicConfig.SEGMENT_INDEX_BYTES_CONFIG, INT, 10 << 20, atLeast(4), MEDIUM, "");
        to.define(TopicConfig.INDEX_INTERVAL_BYTES_CONFIG, INT, 4096, atLeast(0), MEDIUM, "");
        to.define(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, LONG, Long.MAX_VALUE, atLeast(1), MEDIUM, "");
        to.define(TopicConfig.FLUSH_MS_CONFIG, LONG, Long.MAX_VALUE, atLeast(0), MEDIUM, "");
        to.define(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, LONG, 60_000L, atLeast(0), MEDIUM, "");
        to.define(TopicConfig.PREALLOCATE_CONFIG, BOOLEAN, false, MEDIUM, "");
    }

    private static void retention(ConfigDef to) {
        to.define(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                LIST,
                List.of("delete"),
                ConfigDef.ValidList.in(true, TopicConfig.CLEANUP_POLICY_COMPACT, TopicConfig.CLEANUP_POLICY_DELETE),
                MEDIUM,
                "");
        to.define(TopicConfig.RETENTION_BYTES_CONFIG, LONG, -1L, MEDIUM, "");
        to.define(TopicConfig.RETENTION_MS_CONFIG, LONG, 604_800_000L, atLeast(-1), MEDIUM, "");
        to.define(TopicConfig.DELETE_RETENTION_MS_CONFIG, LONG, 86_400_000L, atLeast(0), MEDIUM, "");
        to.define(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, LONG, 0L, atLeast(0), MEDIUM, "");
        to.define(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, LONG, Long.MAX_VALUE, atLeast(1), MEDIUM, "");
        to.define(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, DOUBLE, 0.5, between(0, 1), MEDIUM, "");
    }

    private static void messages(ConfigDef to) {
        to.define(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, INT, (1 << 20) + 12, atLeast(0), MEDIUM, "");
        to.define(
                TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG,
                INT,
                LARGEST_ARRAY,
                between(1, LARGEST_ARRAY),
                MEDIUM,
                "");
        to.define(TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_CONFIG, BOOLEAN, false, MEDIUM, "");
        to.define(
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                STRING,
                "producer",
                ValidString.in("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
                MEDIUM,
                "");
        to.define(TopicConfig.COMPRESSION_GZIP_LEVEL_CONFIG, INT, -1, TopicDefinitions::gzipLevel, MEDIUM, "");
        to.define(TopicConfig.COMPRESSION_LZ4_LEVEL_CONFIG, INT, 9, between(1, 17), MEDIUM, "");
        to.define(TopicConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, INT, 3, between(-131_072, 22), MEDIUM, "");
        to.define(
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                STRING,
                "CreateTime",
                ValidString.in("CreateTime", "LogAppendTime"),
                MEDIUM,
                "");
        to.define(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, LONG, Long.MAX_VALUE, atLeast(0), MEDIUM, "");
        to.define(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, LONG, 3_600_000L, atLeast(0), MEDIUM, "");
    }

    private static void replication(ConfigDef to) {
        to.define(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, INT, 1, atLeast(1), MEDIUM, "");
        to.define(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, BOOLEAN, false, MEDIUM, "");
    }

    private static void tiers(ConfigDef to) {
        to.define(TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG, BOOLEAN, false, MEDIUM, "");
        to.define(TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG, LONG, -2L, atLeast(-2), MEDIUM, "");
        to.define(TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG, LONG, -2L, atLeast(-2), MEDIUM, "");
        to.define(TopicConfig.REMOTE_COPY_LAG_MS_CONFIG, LONG, 0L, atLeast(-1), MEDIUM, "");
        to.define(TopicConfig.REMOTE_COPY_LAG_BYTES_CONFIG, LONG, -1L, atLeast(-1), MEDIUM, "");
        to.define(TopicConfig.REMOTE_LOG_COPY_DISABLE_CONFIG, BOOLEAN, false, MEDIUM, "");
        to.define(TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_CONFIG, BOOLEAN, false, MEDIUM, "");
    }

    private static void gzipLevel(String name, Object level) {
        if (level instanceof Integer number && number != -1 && (number < 1 || number > 9)) {
            throw new ConfigException(name, level, "must be from 1 to 9, or -1 for the default");
        }
    }
}
