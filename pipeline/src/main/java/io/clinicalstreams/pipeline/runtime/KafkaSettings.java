package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Checks settings against Kafka's definitions: that they exist and that their values are valid. Values are never
 * repeated, because some are secrets. Settings that the code controls must not be set, with or without a client's
 * prefix: one of Kafka's own handlers, for example, would write patient data to logs and headers.
 */
final class KafkaSettings {

    private static final List<ConfigDef> DEFINITIONS = List.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    /** What the promise that nothing is lost or duplicated depends on. */
    private static final Set<String> CATALOGUE = Set.of(
            "processing.guarantee",
            "acks",
            "enable.idempotence",
            "isolation.level",
            "enable.auto.commit",
            "auto.offset.reset",
            "replication.factor");

    private KafkaSettings() {}

    /** The problem with a setting, or null. */
    static @Nullable String problem(String prefixedName, String value) {
        String name = SettingDefinitions.withoutClientPrefix(prefixedName);
        if (SettingDefinitions.isDecidedByCode(name)) {
            return "is set by the service itself";
        }
        if (CATALOGUE.contains(name)) {
            return "belongs in the catalogue: exactly-once processing depends on it";
        }
        for (ConfigDef definition : DEFINITIONS) {
            ConfigDef.ConfigKey key = definition.configKeys().get(name);
            if (key != null) {
                return problem(key, value);
            }
        }
        return "Kafka has no such setting";
    }

    private static @Nullable String problem(ConfigDef.ConfigKey key, String value) {
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return null;
        } catch (ConfigException wrong) {
            return "not a valid value (" + key.type.name().toLowerCase(Locale.ROOT) + ")";
        }
    }
}
