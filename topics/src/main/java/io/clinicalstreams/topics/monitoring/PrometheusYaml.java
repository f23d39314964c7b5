package io.clinicalstreams.topics.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.util.Map;

/** Text of files that Prometheus reads; PromQL keeps its lines. */
final class PrometheusYaml {

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE, YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private PrometheusYaml() {}

    /** @param comment one line, without its mark */
    static String text(String comment, Map<String, ?> content) {
        try {
            return "# " + comment + '\n' + MAPPER.writeValueAsString(content);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of text can be written", impossible);
        }
    }

    /** {@code 15m}: in the largest unit that needs no fraction. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        return minutes % 1_440 == 0 ? minutes / 1_440 + "d" : minutes / 60 + "h";
    }
}
