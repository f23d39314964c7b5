package io.clinicalstreams.cluster;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;

/** A cluster that did not start, did not answer in time or did not stop: one message for the user. */
public class ClusterException extends CommandException {

    private static final long serialVersionUID = 1L;

    ClusterException(ExitCode exitCode, String message) {
        super(exitCode, message);
    }

    public ClusterException(String message) {
        super(ExitCode.FAILURE, message);
    }
}
