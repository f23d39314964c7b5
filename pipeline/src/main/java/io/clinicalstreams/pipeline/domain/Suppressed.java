package io.clinicalstreams.pipeline.domain;

/** Why a reading of an episode caused no transition. The labels are API. */
public enum Suppressed {
    /** Still at its level, and notified recently. */
    COOL_DOWN("cool-down"),
    /** Neither at a level nor clear. */
    HYSTERESIS("hysteresis"),
    /** A newer reading of the analyte is known. */
    OUT_OF_ORDER("out-of-order"),
    /** The same version of its Observation came before. */
    DUPLICATE("duplicate"),
    /** A later version of its Observation came before. */
    SUPERSEDED("superseded"),
    /** A correction that leaves an open alert as it is. */
    UNCHANGED("unchanged"),
    /** Improved, but the result is preliminary. */
    PRELIMINARY("preliminary");

    private final String label;

    Suppressed(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
