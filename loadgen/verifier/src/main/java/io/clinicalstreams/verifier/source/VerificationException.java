package io.clinicalstreams.verifier.source;

/** There is no verdict: a topic could not be read to its end in time. Its message names topics and offsets only. */
public final class VerificationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public VerificationException(String message) {
        super(message);
    }
}
