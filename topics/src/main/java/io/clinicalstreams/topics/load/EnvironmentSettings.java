package io.clinicalstreams.topics.load;

import io.clinicalstreams.topics.CleanupPolicy;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.EnvironmentFile;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.EvidenceText;
import io.clinicalstreams.topics.setting.Origin;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.Setting;
import io.clinicalstreams.topics.setting.Settings;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of an environment: those in its file, and those derived from its size and its brokers. */
record EnvironmentSettings(EnvironmentFile environment) {

    private static final List<String> CAPPED_BY_RETENTION =
            List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.SEGMENT_MS_CONFIG);

    private static final Map<String, Object> DEFAULTS =
            TopicDefinitions.configDef().defaultValues();

    Settings section(Section section) {
        return own(section.toString(), environment.section(section));
    }

    /** @param section the place of these settings in the environment's file */
    Settings own(String section, Map<String, Setting> written) {
        return Settings.from(Origin.ENVIRONMENT, file(), section, written);
    }

    /**
     * Security settings of clients, without secrets: those are given when a client is created, and settings given then
     * take precedence.
     */
    Settings security() {
        Map<String, EffectiveSetting> settings = new LinkedHashMap<>();
        environment
                .security()
                .clientSettings()
                .forEach((name, value) -> settings.put(
                        name,
                        derived(
                                name,
                                value,
                                "security",
                                "the security settings of this environment's brokers.",
                                "documentation: Kafka, security, a client uses the protocol of the listener")));
        return new Settings(settings);
    }

    /** The topic's settings plus those that follow from the environment's replication and disks. */
    Settings forTopic(Settings topic) {
        Settings sized = onAnyBroker(topic)
                .with(derived(
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        String.valueOf(environment.minInsyncReplicas()),
                        "min-insync-replicas",
                        "this many replicas have a record before it counts as written",
                        "documentation: Kafka, topic configs, min.insync.replicas"));
        Duration most = environment.retentionAtMost();
        if (most == null || !CleanupPolicy.of(topic).isDeleted()) {
            return sized;
        }
        for (String name : CAPPED_BY_RETENTION) {
            EffectiveSetting written = topic.get(name).orElse(null);
            String elsewhere = written == null ? String.valueOf(DEFAULTS.get(name)) : written.value();
            if (isLonger(Long.parseLong(elsewhere), most)) {
                String reason =
                        written == null ? "Kafka's default." : written.setting().why();
                String below = written == null
                        ? EvidenceText.PENDING
                        : written.setting().evidence();
                sized = sized.with(derived(
                        name,
                        String.valueOf(most.toMillis()),
                        "retention-at-most",
                        "disks are small here. Elsewhere " + elsewhere + " ms: " + reason,
                        EvidenceText.pendingLike(below)));
            }
        }
        return sized;
    }

    /** Omits settings at their default that brokers before Kafka 4.4 do not know. */
    private static Settings onAnyBroker(Settings topic) {
        return topic.without(topic.plain().entrySet().stream()
                .filter(each -> TopicDefinitions.isOmissible(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    Settings forLanes() {
        return Settings.NONE
                .with(
                        derived(
                                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                                String.valueOf(environment.replication()),
                                "replication",
                                "internal topics are replicated like the others",
                                "documentation: Kafka Streams, developer guide, recommended for resiliency: replication.factor"))
                .with(derived(
                        StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                        String.valueOf(environment.minInsyncReplicas()),
                        "min-insync-replicas",
                        "internal topics are replicated like the others",
                        "documentation: Kafka, topic configs, min.insync.replicas"))
                .with(
                        derived(
                                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                                String.valueOf(environment.standbyReplicas()),
                                "standby-replicas",
                                "how many other instances keep a standby replica of the state",
                                "documentation: Kafka Streams, developer guide, recommended for resiliency: num.standby.replicas"));
    }

    /** @param path the place in the environment's file that the setting is derived from */
    private EffectiveSetting derived(String name, String value, String path, String why, String evidence) {
        Setting setting = new Setting(value, path + ": " + why, evidence);
        return new EffectiveSetting(name, setting, Origin.ENVIRONMENT, file(), path);
    }

    private static boolean isLonger(long millis, Duration most) {
        return millis < 0 || millis > most.toMillis();
    }

    private String file() {
        return CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, environment.name());
    }
}
