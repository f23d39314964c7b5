package io.clinicalstreams.pipeline.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of the layers, written once: flags win over environment variables, these over the file, the file over the
 * defaults. A setting's path is its place in the file, {@code alerting.keep-ended-alerts}; its environment variable is
 * {@code CLINICAL_STREAMS_ALERTING_KEEP_ENDED_ALERTS}.
 *
 * @param values setting by path
 */
public record SettingLayers(Map<String, String> values) {

    private static final String VARIABLE_PREFIX = "CLINICAL_STREAMS_";

    public SettingLayers {
        values = Map.copyOf(values);
    }

    /**
     * Lays the layers over each other.
     *
     * @param flags by path; what the command line did not say is absent
     * @param environment the process's variables
     * @param file YAML, or null
     * @throws ConfigurationException when the file cannot be read
     */
    public static SettingLayers of(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        Map<String, String> values = new TreeMap<>();
        if (file != null) {
            values.putAll(read(file));
        }
        for (String path : PipelineConfig.PATHS) {
            String variable = environment.get(
                    VARIABLE_PREFIX + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
            if (variable != null) {
                values.put(path, variable);
            }
        }
        values.putAll(flags);
        return new SettingLayers(values);
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
