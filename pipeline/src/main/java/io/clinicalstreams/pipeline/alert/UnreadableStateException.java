package io.clinicalstreams.pipeline.alert;

/** A stored patient state that this service cannot read. The message contains the reason and no patient data. */
public final class UnreadableStateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnreadableStateException(String message) {
        super(message);
    }
}
