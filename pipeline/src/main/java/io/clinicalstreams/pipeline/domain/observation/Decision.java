package io.clinicalstreams.pipeline.domain.observation;

/** Whether a value meets a limit. */
public enum Decision {
    MET,
    NOT_MET,
    /** The value is only known to be in a range that contains the limit. */
    UNDECIDED
}
