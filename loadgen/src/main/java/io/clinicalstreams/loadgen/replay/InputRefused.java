package io.clinicalstreams.loadgen.replay;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;

/** The input to replay is missing or not replayable. The message is one line that names the path. */
public final class InputRefused extends CommandException {

    private static final long serialVersionUID = 1L;

    public InputRefused(String message) {
        super(ExitCode.WRONG_USAGE, message);
    }
}
