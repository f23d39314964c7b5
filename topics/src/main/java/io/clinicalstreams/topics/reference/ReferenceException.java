package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Reference data that cannot be used: one message with every problem, each with its file and path. Exit code 2. */
public final class ReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ReferenceException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
