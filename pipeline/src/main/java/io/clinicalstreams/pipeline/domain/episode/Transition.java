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
    /** Back, or back at a severity, within the cool-down after its page: an update, not a page. */
    RECURRED,
    /** Ended without a reading: see {@code Ending}. */
    ENDED,
    /** The result behind it was corrected. */
    REVISED,
    /** The result behind it was withdrawn. */
    RETRACTED,
    /** Its patient is a duplicate: it goes on under the patient that replaces it. */
    MOVED,
    /** It was a duplicate's alert before. */
    CONTINUED
}
