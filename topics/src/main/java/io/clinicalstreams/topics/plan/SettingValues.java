package io.clinicalstreams.topics.plan;

import java.util.HashSet;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Compares setting values as Kafka parses them: {@code 0.30} equals {@code 0.3}, and the order of a list does not
 * matter.
 *
 * @param definitions types of the settings; a setting without a definition is compared as text
 */
public record SettingValues(ConfigDef definitions) {

    public boolean same(String name, String one, String other) {
        return read(name, one).equals(read(name, other));
    }

    private Object read(String name, String value) {
        String text = value.strip();
        ConfigDef.ConfigKey key = definitions.configKeys().get(name);
        if (key == null) {
            return text;
        }
        try {
            Object parsed = ConfigDef.parseType(name, text, key.type);
            if (parsed == null) {
                return text;
            }
            return parsed instanceof List<?> list ? new HashSet<>(list) : parsed;
        } catch (ConfigException ofAnotherType) {
            return text;
        }
    }
}
