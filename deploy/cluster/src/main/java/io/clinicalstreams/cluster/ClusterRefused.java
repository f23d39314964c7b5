package io.clinicalstreams.cluster;

import io.clinicalstreams.topics.problem.ExitCode;

/** The request cannot be met: a taken port, a folder in use, a wrong setting. Nothing was started or changed. */
public final class ClusterRefused extends ClusterException {

    private static final long serialVersionUID = 1L;

    public ClusterRefused(String message) {
        super(ExitCode.WRONG_USAGE, message);
    }
}
