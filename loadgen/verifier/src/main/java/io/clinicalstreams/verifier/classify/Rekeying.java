package io.clinicalstreams.verifier.classify;

/** Whether a resource has to come again under its patient's key. */
public enum Rekeying {
    NO,
    YES,
    /** Its key cannot be told for certain. */
    OPEN
}
