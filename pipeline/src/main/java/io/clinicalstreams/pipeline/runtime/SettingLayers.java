package io.clinicalstreams.pipeline.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.topics.setting.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of the layers, written once: flags win over environment variables, these over the file, the file over the
 * defaults. A setting's path is its place in the file. Its environment variable is the path in capitals, with an underscore
 * for every dot and hyphen: {@code CLINICAL_STREAMS_ALERTING_KEEP_ENDED_ALERTS}. Kafka's settings follow the same rule,
 * {@code CLINICAL_STREAMS_KAFKA_SSL_TRUSTSTORE_LOCATION}: their names have dots where the variable has underscores.
 *
 * @param values setting by path
 */
public record SettingLayers(Map<String, String> values) {

    private static final String VARIABLE_PREFIX = "CLINICAL_STREAMS_";
    private static final String FHIR_PREFIX = VARIABLE_PREFIX + "FHIR_";
    private static final String KAFKA_PREFIX = VARIABLE_PREFIX + "KAFKA_";

    /** Read by the logging configuration, not by the service. */
    private static final String LOG_LEVEL = VARIABLE_PREFIX + "LOG_LEVEL";

    public SettingLayers {
        values = Map.copyOf(values);
    }

    /**
     * Lays the layers over each other.
     *
     * @param flags by path; what the command line did not say is absent
     * @param environment the process's variables
     * @param file YAML, or null
     * @throws ConfigurationException when the file cannot be read, or a variable of ours names no setting
     */
    public static SettingLayers of(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        Map<String, String> values = new TreeMap<>();
        if (file != null) {
            values.putAll(read(file));
        }
        values.putAll(variables(environment));
        values.putAll(flags);
        return new SettingLayers(values);
    }

    private static Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> paths =
                PipelineConfig.PATHS.stream().collect(Collectors.toMap(SettingLayers::variable, path -> path));
        Map<String, String> values = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (paths.containsKey(name)) {
                values.put(paths.get(name), value);
            } else if (name.startsWith(KAFKA_PREFIX)) {
                String setting =
                        name.substring(KAFKA_PREFIX.length()).replace('_', '.').toLowerCase(Locale.ROOT);
                values.put(PipelineConfig.KAFKA + setting, value);
            } else if (name.startsWith(FHIR_PREFIX)) {
                unknown.add(name + PipelineConfig.BELONGS_IN_CATALOGUE);
            } else if (name.startsWith(VARIABLE_PREFIX) && !name.equals(LOG_LEVEL)) {
                unknown.add(name + ": unknown environment variable"
                        + Spelling.nearest(name, paths.keySet())
                                .map(near -> "; did you mean " + near + '?')
                                .orElse(""));
            }
        });
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(unknown);
        }
        return values;
    }

    private static String variable(String path) {
        return VARIABLE_PREFIX + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> values = new TreeMap<>();
        try {
            flatten("", YAMLMapper.builder().build().readTree(file.toFile()), values);
        } catch (IOException unreadable) {
            throw new ConfigurationException(List.of(file + ": cannot be read as YAML"));
        }
        return values;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                // Kafka's own names have dots themselves: under kafka: they stand as they are.
                flatten(path.isEmpty() ? field.getKey() : path + '.' + field.getKey(), field.getValue(), into);
            }
        } else if (node.isArray()) {
            into.put(path, node.valueStream().map(JsonNode::asText).collect(Collectors.joining(",")));
        } else if (!node.isNull() && !node.isMissingNode()) {
            into.put(path, node.asText());
        }
    }
}
