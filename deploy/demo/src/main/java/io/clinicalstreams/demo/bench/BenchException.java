package io.clinicalstreams.demo.bench;

/** A bench has no result, for a reason that its message tells in one line. Exit code 1. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }
}
