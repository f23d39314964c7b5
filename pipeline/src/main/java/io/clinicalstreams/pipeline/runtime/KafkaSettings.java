package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own definitions, asked whether a setting exists and may have a value. Values are never repeated: some are
 * secrets. What code decides may not be set, under no client's prefix either: one of Kafka's own handlers, for example, would
 * write patients' data into logs and headers.
 */
final class KafkaSettings {

    private static final List<ConfigDef> DEFINITIONS = List.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    private KafkaSettings() {}

    /** What is wrong with a setting, or null. */
    static @Nullable String problem(String prefixedName, String value) {
        String name = SettingDefinitions.withoutClientPrefix(prefixedName);
        if (SettingDefinitions.isDecidedByCode(name)) {
            return "is set by the service itself";
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
            return "not a value that Kafka takes (" + key.type.name().toLowerCase(Locale.ROOT) + ")";
        }
    }
}
