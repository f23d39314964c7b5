package io.clinicalstreams.pipeline.domain.observation;

/** Why the rules said nothing about a measurement. The labels are API. */
public enum NotEvaluated {
    /** No rule knows any of the Observation's codes. */
    NO_RULE("no-rule"),
    NO_VALUE("no-value"),
    UNIT_MISSING("unit-missing"),
    UNIT_NOT_CONVERTIBLE("unit-not-convertible"),
    /** The comparator leaves open whether a limit is met. */
    COMPARATOR_UNDECIDED("comparator-undecided"),
    STALE("stale"),
    FUTURE("future"),
    /** Registered or unknown: not a result yet. */
    STATUS("status"),
    /** Entered in error or cancelled. */
    WITHDRAWN("withdrawn"),
    /** The patient is outside the rule's age band. */
    AGE("age"),
    /** The patient has as many episodes as a state may hold. */
    TOO_MANY_EPISODES("too-many-episodes"),
    /** What the recording lane rejects as too large; or with it a state or an alert would be larger than its topic takes. */
    TOO_LARGE("too-large"),
    /** In the re-keyed topic under a key or partition that is not its patient's: the recording lane rejects it. */
    MISKEYED("miskeyed"),
    /** A Patient without an id: its birth date belongs to no known patient. */
    PATIENT_WITHOUT_ID("patient-without-id"),
    /** The evaluation failed unexpectedly. */
    UNEXPECTED("unexpected");

    private final String label;

    NotEvaluated(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
