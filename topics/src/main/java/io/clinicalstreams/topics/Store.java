package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.requireLine;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import io.clinicalstreams.topics.setting.KafkaNames;

/**
 * A state store of a lane.
 *
 * @param kind how it is queried
 * @param changelog whether an internal topic backs it up
 */
public record Store(String name, Kind kind, boolean changelog, String goal) {

    public enum Kind {
        KEY_VALUE,
        TIMESTAMPED_KEY_VALUE,
        WINDOW
    }

    public Store {
        KafkaNames.requireLegal("name", requireText("name", name));
        requireLine("goal", goal);
    }

    /** The name of the changelog topic, as Kafka Streams builds it. */
    public String changelogTopic(String applicationId) {
        return applicationId + '-' + name + "-changelog";
    }
}
