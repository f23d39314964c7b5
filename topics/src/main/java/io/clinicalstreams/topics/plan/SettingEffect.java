package io.clinicalstreams.topics.plan;

import static io.clinicalstreams.topics.plan.Effect.DISRUPTIVE;
import static io.clinicalstreams.topics.plan.Effect.SAFE;

import org.apache.kafka.common.config.TopicConfig;

/** What a new value of a topic's setting does to those who use the topic. */
record SettingEffect(Effect effect, String why) {

    private static final SettingEffect UNNOTICED = new SettingEffect(SAFE, "");

    static SettingEffect of(String name, String now, String wanted) {
        return switch (name) {
            case TopicConfig.RETENTION_MS_CONFIG,
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG,
                    TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG ->
                whenLess(now, wanted, "records beyond it are deleted");
            case TopicConfig.DELETE_RETENTION_MS_CONFIG ->
                whenLess(now, wanted, "a reader that is further behind misses tombstones");
            case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> whenLess(now, wanted, "larger records are refused");
            case TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
                    TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG ->
                whenLess(now, wanted, "records of other times are refused");
            case TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG ->
                whenLess(wanted, now, "with fewer replicas in sync nothing can be written");
            case TopicConfig.CLEANUP_POLICY_CONFIG ->
                new SettingEffect(DISRUPTIVE, "decides which records are deleted");
            case TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG ->
                new SettingEffect(DISRUPTIVE, "new records carry another time than those before");
            case TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG ->
                new SettingEffect(DISRUPTIVE, "moves where records are kept");
            case TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG ->
                Boolean.parseBoolean(wanted)
                        ? new SettingEffect(DISRUPTIVE, "a replica that missed records may lead, and they are lost")
                        : UNNOTICED;
            default -> UNNOTICED;
        };
    }

    /** Disruptive when the one is less than the other, where a negative number has no limit. */
    private static SettingEffect whenLess(String now, String wanted, String why) {
        return number(wanted) < number(now) ? new SettingEffect(DISRUPTIVE, why) : UNNOTICED;
    }

    private static long number(String value) {
        try {
            long number = Long.parseLong(value.strip());
            return number < 0 ? Long.MAX_VALUE : number;
        } catch (NumberFormatException notSaid) {
            return Long.MAX_VALUE;
        }
    }
}
