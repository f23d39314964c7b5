package io.clinicalstreams.pipeline.runtime;

/** The service cannot start, for a reason that its message tells an operator in one line. Exit code 1. */
public final class StartupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(message);
    }
}
