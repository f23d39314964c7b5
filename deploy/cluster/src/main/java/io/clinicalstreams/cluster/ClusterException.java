package io.clinicalstreams.cluster;

/** A cluster that did not start, did not answer in time or did not stop: one message, meant to be read by the user. */
public class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
