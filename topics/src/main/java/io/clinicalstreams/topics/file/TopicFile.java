package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireLine;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import io.clinicalstreams.topics.setting.KafkaNames;
import io.clinicalstreams.topics.setting.Setting;
import java.util.Map;

/**
 * A file of {@code catalogue/}.
 *
 * @param partitions in production; an environment may have fewer
 * @param settings topic settings that differ from the profile's
 */
public record TopicFile(
        String name,
        String goal,
        String profile,
        String key,
        String value,
        boolean keyedOrder,
        int partitions,
        Map<String, Setting> settings)
        implements NamedFile {

    public TopicFile {
        KafkaNames.requireTopic("name", requireText("name", name));
        requireLine("goal", goal);
        requireLine("profile", profile);
        requireLine("key", key);
        requireLine("value", value);
        requireAtLeast("partitions", 1, partitions);
    }
}
