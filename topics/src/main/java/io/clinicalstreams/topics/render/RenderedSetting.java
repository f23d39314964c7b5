package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A setting in effect and where it comes from.
 *
 * @param file file of the catalogue; {@code Kafka} or {@code Kafka Streams} for a default
 * @param why reason in one line; empty for a default, as is the evidence
 * @param lane the lane whose client has it, if a topic was requested; else empty
 */
public record RenderedSetting(
        String name, String value, Origin origin, String file, String why, String evidence, String lane) {

    static RenderedSetting of(String name, EffectiveSetting setting) {
        return new RenderedSetting(
                name,
                setting.value(),
                setting.origin(),
                setting.file(),
                oneLine(setting.setting().why()),
                oneLine(setting.setting().evidence()),
                "");
    }

    /** @param owner Kafka or Kafka Streams */
    static RenderedSetting defaultOf(String owner, String name, String value) {
        return new RenderedSetting(name, value, Origin.DEFAULT, owner, "", "", "");
    }

    RenderedSetting through(String laneName) {
        return new RenderedSetting(name, value, origin, file, why, evidence, laneName);
    }

    /** Whether it is a default. */
    public boolean isDefault() {
        return origin == Origin.DEFAULT;
    }

    /** The layer that sets it, and the lane whose client has it. */
    String from() {
        return lane.isEmpty() ? origin.toString() : origin + ", lane " + lane;
    }

    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("value", value);
        fields.put("origin", from());
        fields.put("file", file);
        if (!isDefault()) {
            fields.put("why", why);
            fields.put("evidence", evidence);
        }
        return fields;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
