package io.clinicalstreams.loadgen.generate;

/** What a generated record holds. */
public enum Kind {
    VITAL_SIGN,
    BLOOD_PRESSURE,
    LABORATORY,
    MEDICATION_REQUEST,
    ENCOUNTER,
    PATIENT,
    /** A transaction Bundle of one patient whose entries are all good. */
    BUNDLE,
    /** One of the bad inputs of {@link Malformation}. */
    MALFORMED
}
