package io.clinicalstreams.pipeline.alert;

/** A patient's stored state that this service cannot read. The message says why, and nothing of the patient. */
public final class UnreadableStateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnreadableStateException(String message) {
        super(message);
    }
}
