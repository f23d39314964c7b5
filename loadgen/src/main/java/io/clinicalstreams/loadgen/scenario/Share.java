package io.clinicalstreams.loadgen.scenario;

import java.util.Locale;

/** A kind of records that a scenario has a fraction of. Each is drawn independently, so they come in every combination. */
public enum Share {
    /** Beyond a critical limit, in episodes. */
    CRITICAL,
    /** Malformed, every kind in turn. */
    MALFORMED,
    /** Of the valid records: no key, another patient's key or the wrong partition. */
    MISKEYED,
    /** Transaction Bundles of one patient. */
    BUNDLES,
    /** Earlier laboratory results with another value. */
    CORRECTED,
    /** Earlier laboratory results that were entered in error. */
    WITHDRAWN,
    /** Patients whose record was a duplicate: another one replaces it, and has their later records. At most half of them. */
    MERGED,
    /** Of the single Observations: measured from a minute to 26 hours before they are sent. */
    LATE,
    /** Sent after the patient's next record. */
    REORDERED;

    /** Its name in a scenario's file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
