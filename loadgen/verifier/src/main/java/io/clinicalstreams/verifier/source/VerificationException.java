package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;

/** No verdict is possible: a topic could not be read to its end in time. The message names topics and offsets only. */
public final class VerificationException extends CommandException {

    private static final long serialVersionUID = 1L;

    public VerificationException(String message) {
        super(ExitCode.FAILURE, message);
    }
}
