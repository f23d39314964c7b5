package io.clinicalstreams.topics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings that an environment brings: those it writes down, and those that follow from its size. */
record EnvironmentSettings(EnvironmentFile environment) {

    private static final List<String> CAPPED_BY_RETENTION =
            List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.SEGMENT_MS_CONFIG);

    Settings section(Section section) {
        return own(environment.section(section));
    }

    Settings own(Map<String, Setting> written) {
        return Settings.from(Origin.ENVIRONMENT, file(), written);
    }

    /** The topic's settings with what the environment's replication and disks demand. */
    Settings forTopic(Settings topic) {
        Settings sized = topic.with(derived(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                String.valueOf(environment.minInsyncReplicas()),
                "min-insync-replicas: this many copies have a record before it counts as written"));
        Duration most = environment.retentionAtMost();
        if (most == null || isCompacted(topic)) {
            return sized;
        }
        for (String name : CAPPED_BY_RETENTION) {
            EffectiveSetting setting = topic.get(name).orElse(null);
            if (setting != null && isLonger(Long.parseLong(setting.value()), most)) {
                String why = "retention-at-most: disks are small here. Elsewhere " + setting.value() + " ms: "
                        + setting.setting().why();
                sized = sized.with(setting.withValue(String.valueOf(most.toMillis()), why, Origin.ENVIRONMENT, file()));
            }
        }
        return sized;
    }

    Settings forLanes() {
        return Settings.NONE
                .with(derived(
                        StreamsConfig.REPLICATION_FACTOR_CONFIG,
                        String.valueOf(environment.replication()),
                        "replication: internal topics are as safe as the others"))
                .with(derived(
                        StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                        String.valueOf(environment.minInsyncReplicas()),
                        "min-insync-replicas: internal topics are as safe as the others"))
                .with(derived(
                        StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                        String.valueOf(environment.standbyReplicas()),
                        "standby-replicas: how many other instances keep a warm copy of the state"));
    }

    private EffectiveSetting derived(String name, String value, String why) {
        Setting setting = new Setting(value, why, "documentation: follows from the environment's own numbers");
        return new EffectiveSetting(name, setting, Origin.ENVIRONMENT, file());
    }

    private static boolean isLonger(long millis, Duration most) {
        return millis < 0 || millis > most.toMillis();
    }

    private static boolean isCompacted(Settings topic) {
        return topic.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policy -> policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                .isPresent();
    }

    private String file() {
        return CatalogueReading.fileOf(CatalogueReading.ENVIRONMENTS, environment.name());
    }
}
