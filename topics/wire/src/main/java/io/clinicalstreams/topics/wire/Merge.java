package io.clinicalstreams.topics.wire;

import java.util.Locale;

/** What a duplicate forwards to the Patient that replaces it. */
public enum Merge {
    /** What is remembered about the duplicate, once. */
    STATE,
    /** An Observation that arrived for the duplicate later. */
    OBSERVATION,
    /** An Encounter that arrived for the duplicate later. */
    ENCOUNTER;

    /** Enough for any real chain of duplicates: what has gone that far stays. */
    public static final int MOST_HOPS = 8;

    /** The header's text. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
