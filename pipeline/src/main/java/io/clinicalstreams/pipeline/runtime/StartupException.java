package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;

/** The service cannot start. The message gives the operator the reason in one line. Exit code 1. */
public final class StartupException extends CommandException {

    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(ExitCode.FAILURE, message);
    }
}
