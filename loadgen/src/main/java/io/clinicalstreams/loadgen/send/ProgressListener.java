package io.clinicalstreams.loadgen.send;

/** Is told about once a second how far a run is, on the sending thread. */
@FunctionalInterface
public interface ProgressListener {

    void progress(SendProgress progress);

    /** Listens to nothing. */
    static ProgressListener none() {
        return progress -> {};
    }
}
