package io.clinicalstreams.pipeline.domain;

/** Why a reading that concerns an episode made no transition. The labels are API. */
public enum Suppressed {
    /** Still at its level, and told of not long ago. */
    COOL_DOWN("cool-down"),
    /** Neither at a level nor clear. */
    HYSTERESIS("hysteresis"),
    /** Older than what the episode has already seen. */
    OUT_OF_ORDER("out-of-order"),
    /** Better, but only preliminarily. */
    PRELIMINARY("preliminary");

    private final String label;

    Suppressed(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
