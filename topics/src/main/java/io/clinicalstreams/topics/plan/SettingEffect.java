package io.clinicalstreams.topics.plan;

import static io.clinicalstreams.topics.plan.Effect.DISRUPTIVE;
import static io.clinicalstreams.topics.plan.Effect.SAFE;

import java.util.OptionalLong;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** The effect of a new value of a topic's setting on the users of the topic. */
record SettingEffect(Effect effect, String why) {

    private static final SettingEffect UNNOTICED = new SettingEffect(SAFE, "");

    /**
     * @param wanted null if unknown: the setting is removed from the topic, and the cluster does not report the
     *     inherited value. A change that may delete or refuse records then counts as disruptive
     */
    static SettingEffect of(String name, String now, @Nullable String wanted) {
        if (wanted != null && now.strip().equals(wanted.strip())) {
            return UNNOTICED;
        }
        return switch (name) {
            case TopicConfig.RETENTION_MS_CONFIG,
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG,
                    TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG ->
                whenLess(now, wanted, "records beyond it are deleted");
            case TopicConfig.DELETE_RETENTION_MS_CONFIG ->
                whenLess(now, wanted, "a reader that lags further behind misses tombstones");
            case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> whenLess(now, wanted, "larger records are refused");
            case TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG ->
                whenLess(now, wanted, "larger records are refused, and those in the log can no longer be compacted");
            case TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
                    TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG ->
                whenLess(now, wanted, "records with timestamps out of range are refused");
            case TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG -> ofMinInSync(now, wanted);
            case TopicConfig.CLEANUP_POLICY_CONFIG ->
                new SettingEffect(DISRUPTIVE, "decides which records are deleted");
            case TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG ->
                new SettingEffect(DISRUPTIVE, "new records have another kind of timestamp than earlier ones");
            case TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG ->
                new SettingEffect(DISRUPTIVE, "changes where records are stored");
            case TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG ->
                whenTrue(wanted, "a replica that missed records may become leader, and they are lost");
            case TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_CONFIG ->
                whenTrue(wanted, "records in the remote tier are deleted when it is disabled for the topic");
            default -> UNNOTICED;
        };
    }

    private static SettingEffect ofMinInSync(String now, @Nullable String wanted) {
        SettingEffect more = whenLess(wanted, now, "with fewer in-sync replicas, writes fail");
        return more.effect == DISRUPTIVE
                ? more
                : whenLess(now, wanted, "a record counts as written with fewer replicas, and may be lost with them");
    }

    private static SettingEffect whenTrue(@Nullable String wanted, String why) {
        if (wanted == null) {
            return unknown(why);
        }
        return Boolean.parseBoolean(wanted.strip()) ? new SettingEffect(DISRUPTIVE, why) : UNNOTICED;
    }

    /** Disruptive if the second is less than the first; a negative number means no limit. */
    private static SettingEffect whenLess(@Nullable String more, @Nullable String less, String why) {
        OptionalLong first = number(more);
        OptionalLong second = number(less);
        if (first.isEmpty() || second.isEmpty()) {
            return unknown(why);
        }
        return second.getAsLong() < first.getAsLong() ? new SettingEffect(DISRUPTIVE, why) : UNNOTICED;
    }

    private static SettingEffect unknown(String why) {
        return new SettingEffect(DISRUPTIVE, "the cluster does not report the inherited value; it may be that " + why);
    }

    private static OptionalLong number(@Nullable String value) {
        try {
            long number = Long.parseLong(value == null ? "" : value.strip());
            return OptionalLong.of(number < 0 ? Long.MAX_VALUE : number);
        } catch (NumberFormatException notSaid) {
            return OptionalLong.empty();
        }
    }
}
