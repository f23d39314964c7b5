package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireLine;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clinicalstreams.topics.SlowerSink;
import io.clinicalstreams.topics.Store;
import io.clinicalstreams.topics.setting.KafkaNames;
import io.clinicalstreams.topics.setting.Setting;
import java.util.List;
import java.util.Map;

/**
 * A file of {@code catalogue/lanes/}.
 *
 * @param settings Streams settings that differ from the profile's
 * @param ticks sources to which it sends the time
 * @param slowerSinks sinks for which this lane may take longer than their profile promises
 */
public record LaneFile(
        String name,
        String applicationId,
        String goal,
        String profile,
        @JsonProperty(required = true) List<String> sources,
        List<String> ticks,
        List<String> references,
        @JsonProperty(required = true) List<String> sinks,
        List<Store> stores,
        Map<String, Setting> settings,
        Map<String, SlowerSink> slowerSinks)
        implements NamedFile {

    public LaneFile {
        all(
                () -> KafkaNames.requireLegal("name", requireText("name", name)),
                () -> KafkaNames.requireLegal("application-id", requireText("application-id", applicationId)),
                () -> requireLine("goal", goal),
                () -> requireLine("profile", profile));
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources: must name at least one topic");
        }
    }
}
