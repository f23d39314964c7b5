package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireLine;

/**
 * A file of {@code profiles/experiments/}: a test, benchmark or tool that evidence may name.
 *
 * @param name one word, as evidence refers to it
 * @param shows what it measures
 * @param run the command that repeats it
 */
public record ExperimentFile(String name, String shows, String run) implements NamedFile {

    public ExperimentFile {
        all(() -> requireLine("name", name), () -> requireLine("shows", shows), () -> requireLine("run", run));
    }
}
