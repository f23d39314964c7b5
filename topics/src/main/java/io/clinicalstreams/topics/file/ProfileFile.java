package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireLine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clinicalstreams.topics.Objectives;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code profiles/}.
 *
 * @param parent the profile that this one extends and overrides
 * @param objectives null in a profile that exists only to be extended
 */
public record ProfileFile(
        String name,
        @JsonProperty("extends") @Nullable String parent,
        String goal,
        @Nullable Objectives objectives,
        Map<String, Setting> topic,
        Map<String, Setting> producer,
        Map<String, Setting> consumer,
        Map<String, Setting> streams)
        implements NamedFile {

    public ProfileFile {
        all(() -> requireLine("name", name), () -> requireLine("goal", goal));
    }

    public Map<String, Setting> section(Section section) {
        return switch (section) {
            case TOPIC -> topic;
            case PRODUCER -> producer;
            case CONSUMER -> consumer;
            case STREAMS -> streams;
            case BROKER -> Map.of();
        };
    }
}
