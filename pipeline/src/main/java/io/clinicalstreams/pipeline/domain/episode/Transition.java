package io.clinicalstreams.pipeline.domain.episode;

/** The latest change to an alert. Each transition is a new version of it. */
public enum Transition {
    RAISED,
    ESCALATED,
    LOWERED,
    REPEATED,
    /** The preliminary result that opened it became final. */
    CONFIRMED,
    RESOLVED,
    REOPENED,
    /** The result behind it was corrected. */
    REVISED,
    /** The result behind it was withdrawn. */
    RETRACTED
}
