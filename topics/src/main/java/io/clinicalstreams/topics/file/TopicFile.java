package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireLine;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import io.clinicalstreams.topics.AssumedShare;
import io.clinicalstreams.topics.setting.KafkaNames;
import io.clinicalstreams.topics.setting.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code catalogue/}.
 *
 * @param partitions number in production; an environment may have fewer
 * @param assumedShare null if none is assumed
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
        @Nullable AssumedShare assumedShare,
        Map<String, Setting> settings)
        implements NamedFile {

    public TopicFile {
        all(
                () -> KafkaNames.requireTopic("name", requireText("name", name)),
                () -> requireLine("goal", goal),
                () -> requireLine("profile", profile),
                () -> requireLine("key", key),
                () -> requireLine("value", value),
                () -> requireAtLeast("partitions", 1, partitions));
    }
}
