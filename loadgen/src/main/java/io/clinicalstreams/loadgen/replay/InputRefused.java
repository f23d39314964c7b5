package io.clinicalstreams.loadgen.replay;

/** What shall be replayed is not there, or is nothing that can be replayed. Its message is one line that names the path. */
public final class InputRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InputRefused(String message) {
        super(message);
    }
}
