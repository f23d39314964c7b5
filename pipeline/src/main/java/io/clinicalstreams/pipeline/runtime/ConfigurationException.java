package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.List;

/** Settings that cannot be: one message with all problems, each with its path. Exit code 2. */
public final class ConfigurationException extends CommandException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> problems) {
        super(ExitCode.WRONG_USAGE, String.join(System.lineSeparator(), problems));
    }
}
