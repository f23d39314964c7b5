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
    BUNDLES;

    /** Its name in a scenario's file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
