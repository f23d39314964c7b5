package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.requireLine;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clinicalstreams.topics.setting.KafkaNames;

/**
 * A state store of a lane.
 *
 * @param kind how it is asked
 * @param changelog whether an internal topic keeps it
 */
public record Store(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) Kind kind,
        @JsonProperty(required = true) boolean changelog,
        @JsonProperty(required = true) String goal) {

    /** The kinds of stores that lanes have. */
    public enum Kind {
        @JsonProperty("key-value")
        KEY_VALUE,
        @JsonProperty("timestamped-key-value")
        TIMESTAMPED_KEY_VALUE,
        @JsonProperty("window")
        WINDOW
    }

    public Store {
        KafkaNames.requireLegal("name", requireText("name", name));
        requireLine("goal", goal);
    }

    /** The name Kafka Streams gives to the changelog's topic. */
    public String changelogTopic(String applicationId) {
        return applicationId + '-' + name + "-changelog";
    }
}
