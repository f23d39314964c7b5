package io.clinicalstreams.pipeline.domain.observation;

/** Why a measurement was not evaluated. The labels are API. */
public enum NotEvaluated {
    /** No rule listens to any of the Observation's codes. */
    NO_RULE("no-rule"),
    NO_VALUE("no-value"),
    UNIT_MISSING("unit-missing"),
    UNIT_NOT_CONVERTIBLE("unit-not-convertible"),
    /** Because of the comparator, it is undecided whether a limit is met. */
    COMPARATOR_UNDECIDED("comparator-undecided"),
    STALE("stale"),
    /** Nothing says on which day it was true: no time, or only a month or a year. */
    TIME_UNKNOWN("time-unknown"),
    FUTURE("future"),
    /** Registered or unknown: not a result yet. */
    STATUS("status"),
    /** Entered in error or cancelled, now or in a version that came before. */
    WITHDRAWN("withdrawn"),
    /** The Observation or the component has a modifierExtension, which may change what the result means. */
    MODIFIER_EXTENSION("modifier-extension"),
    /** The patient is outside the rule's age band. */
    AGE("age"),
    /** The patient's state has the maximum number of episodes. */
    TOO_MANY_EPISODES("too-many-episodes"),
    /** Its input has already caused as many transitions, or as many bytes of state, as one input may. */
    TOO_MUCH_FOR_ONE_INPUT("too-much-for-one-input"),
    /** The recording lane rejects it as too large, or a state or alert made from it would exceed its topic's limit. */
    TOO_LARGE("too-large"),
    /** In the re-keyed topic with the wrong key or partition for its patient: the recording lane rejects it. */
    MISKEYED("miskeyed"),
    /** A Patient without an id: its birth date cannot be assigned to a patient. */
    PATIENT_WITHOUT_ID("patient-without-id"),
    /** More Observations of a patient were withdrawn than are remembered: the oldest is not any more. */
    WITHDRAWAL_FORGOTTEN("withdrawal-forgotten"),
    /** A Patient whose birth date is not a date; the part that is one was used. */
    BIRTH_DATE_UNREADABLE("birth-date-unreadable"),
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
