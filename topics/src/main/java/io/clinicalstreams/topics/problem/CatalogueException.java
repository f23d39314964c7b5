package io.clinicalstreams.topics.problem;

import java.util.List;
import java.util.stream.Collectors;

/** An invalid catalogue: one message with every problem, each with its file and path. Exit code 2. */
public class CatalogueException extends CommandException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public CatalogueException(List<Problem> problems) {
        super(
                ExitCode.WRONG_USAGE,
                problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order of the files. */
    public List<Problem> problems() {
        return problems;
    }
}
