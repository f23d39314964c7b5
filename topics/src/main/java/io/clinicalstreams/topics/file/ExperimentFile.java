package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.requireLine;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A file of {@code profiles/experiments/}: a test, benchmark or tool that evidence may name.
 *
 * @param name one word, as evidence gives it
 * @param shows what is measured
 * @param run the command that repeats it
 */
public record ExperimentFile(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String shows,
        @JsonProperty(required = true) String run)
        implements NamedFile {

    public ExperimentFile {
        requireLine("name", name);
        requireLine("shows", shows);
        requireLine("run", run);
    }
}
