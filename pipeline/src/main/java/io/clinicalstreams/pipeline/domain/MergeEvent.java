package io.clinicalstreams.pipeline.domain;

/** What became of the link between a duplicate and the Patient that replaces it. The labels are API. */
public enum MergeEvent {
    /** The duplicate's state moved. */
    MOVED("moved"),
    /** A link to another Patient, or one to yet another, and there was no state that could move. */
    LINKED("linked"),
    /** A duplicate's state was taken over. */
    TAKEN_OVER("taken-over"),
    /** The link was removed: the key starts afresh. */
    TAKEN_BACK("taken-back"),
    /** The Patient replaced itself by way of others: it keeps what came home, and no longer counts as a duplicate. */
    CYCLE("cycle"),
    /** The link names no single patient: no effect. */
    TARGET_UNKNOWN("target-unknown"),
    /** An earlier version of the Patient arrived later, or one without link and version: no effect. */
    SUPERSEDED("superseded");

    private final String label;

    MergeEvent(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
