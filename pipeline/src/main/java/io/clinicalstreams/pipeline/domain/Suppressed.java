package io.clinicalstreams.pipeline.domain;

/** Why a reading of an episode caused no transition. The labels are API. */
public enum Suppressed {
    /** Still at its level, and notified recently. */
    COOL_DOWN("cool-down"),
    /** Neither at a level nor clear. */
    HYSTERESIS("hysteresis"),
    /** Older than the episode's latest reading. */
    OUT_OF_ORDER("out-of-order"),
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
