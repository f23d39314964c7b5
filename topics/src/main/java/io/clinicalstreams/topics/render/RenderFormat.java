package io.clinicalstreams.topics.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The output format of settings. */
public enum RenderFormat {
    /** A properties file for clients, with each reason as a comment above the setting. */
    PROPERTIES,
    JSON,
    YAML;

    /** @param renderings one, or several; as JSON and YAML several are a list */
    String print(List<Rendering> renderings) throws JsonProcessingException {
        return switch (this) {
            case PROPERTIES ->
                renderings.stream()
                        .map(RenderFormat::properties)
                        .collect(Collectors.joining(System.lineSeparator() + System.lineSeparator()));
            case JSON -> OutputOption.json(fields(renderings));
            case YAML ->
                YAMLMapper.builder()
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
                        .build()
                        .writeValueAsString(fields(renderings))
                        .stripTrailing();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Object fields(List<Rendering> renderings) {
        return renderings.size() == 1
                ? fields(renderings.get(0))
                : renderings.stream().map(RenderFormat::fields).toList();
    }

    private static Map<String, Object> fields(Rendering rendering) {
        Map<String, Object> settings = new LinkedHashMap<>();
        rendering.settings().forEach(setting -> settings.put(setting.name(), setting.fields()));
        Map<String, Object> fields = new LinkedHashMap<>(rendering.about());
        fields.put("settings", settings);
        return fields;
    }

    private static String properties(Rendering rendering) {
        String about = rendering.about().entrySet().stream()
                .map(entry -> entry.getKey() + ' ' + entry.getValue())
                .collect(Collectors.joining(", ", "# ", ""));
        return rendering.settings().stream()
                .map(setting ->
                        comment(setting) + System.lineSeparator() + setting.name() + '=' + escaped(setting.value()))
                .collect(Collectors.joining(System.lineSeparator(), about + System.lineSeparator(), ""));
    }

    private static String comment(RenderedSetting setting) {
        return setting.isDefault()
                ? "# default of " + setting.file() + (setting.lane().isEmpty() ? "" : ", lane " + setting.lane())
                : "# " + setting.from() + ", " + setting.file() + ": " + setting.why() + " [" + setting.evidence()
                        + ']';
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }
}
