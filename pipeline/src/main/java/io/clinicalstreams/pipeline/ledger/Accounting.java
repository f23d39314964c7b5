package io.clinicalstreams.pipeline.ledger;

import java.util.Locale;

/** What is counted. In the ledger, each name is a group of counts by reason; the names are API. */
public enum Accounting {
    RECORDED,
    /** Sent again, or skipped because the recording lane sends it again. */
    REKEYED,
    REJECTED,
    IGNORED,
    /** An Observation that the rules evaluated. */
    EVALUATED,
    /** A Patient whose birth date and sex were noted; an Encounter or a Device's heartbeat that a rule watches. */
    LEARNED,
    /** What belongs to the Patient that replaces a duplicate, and was sent on there. */
    FORWARDED,
    /** A duplicate's state that came to the Patient that replaces it, and how much of it could be taken over. */
    TAKEN_OVER,
    /** A resource that no rule could evaluate: it never reached the rules. */
    REFUSED,
    /** A resource without anything for the rules. */
    PASSED_OVER,

    /** A measurement of an evaluated Observation that no rule could evaluate. */
    NOT_EVALUATED(false),
    SUPPRESSED(false),
    /** What became of the links between duplicates and the Patients that replace them. */
    MERGES(false),
    ALERTS(false);

    private final boolean isOutcome;
    private final String label;

    Accounting() {
        this(true);
    }

    Accounting(boolean isOutcome) {
        this.isOutcome = isOutcome;
        this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True if each resource has exactly one of these; false for what was found in evaluated Observations. */
    public boolean isOutcome() {
        return isOutcome;
    }

    public String label() {
        return label;
    }
}
