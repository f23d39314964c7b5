package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;

/** There is no verdict: a topic could not be read to its end in time. Its message names topics and offsets only. */
public final class VerificationException extends CommandException {

    private static final long serialVersionUID = 1L;

    public VerificationException(String message) {
        super(ExitCode.FAILURE, message);
    }
}
