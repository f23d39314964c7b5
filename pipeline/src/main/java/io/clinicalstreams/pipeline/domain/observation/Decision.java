package io.clinicalstreams.pipeline.domain.observation;

/** What is known about a value in the light of a limit. */
public enum Decision {
    MET,
    NOT_MET,
    /** The value is only known to lie in a range, and the limit cuts through it. */
    UNDECIDED
}
