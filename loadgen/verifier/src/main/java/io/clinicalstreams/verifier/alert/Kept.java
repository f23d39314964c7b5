package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reading of a patient that is kept, as one rule sees it.
 *
 * @param observed its Observation, as of the input of the first version
 * @param list the codes that it is kept by: some of each list are
 * @param result null when the rule cannot judge it
 */
record Kept(
        Fact.Observed observed,
        ObservedResult measured,
        List<String> list,
        Whether whether,
        @Nullable RuleResult result) {

    /**
     * Whether it is kept: perhaps, if only a rule does that has an incident for each analyte, and only while one is open.
     * One that is not about the rule's own incidents only tells that its Observation is known.
     */
    enum Whether {
        SURELY,
        WHILE_OPEN,
        PERHAPS,
        ELSEWHERE,
        PERHAPS_ELSEWHERE;

        boolean isAbout() {
            return this == SURELY || this == WHILE_OPEN || this == PERHAPS;
        }
    }

    /** The latest ones of each list are kept. */
    static final int MOST = 16;

    String identity() {
        return observed.identity();
    }

    /** Only a reading with a time is kept. */
    Instant time() {
        return Objects.requireNonNull(observed.time());
    }

    /** By this time readings are ordered: a clock that is ahead makes no reading newer than what comes after it. */
    Instant order() {
        return time().isAfter(observed.at()) ? observed.at() : time();
    }

    /** When it was true, if its clock was ahead by as much as it may be. */
    Instant earliest() {
        return time().isAfter(observed.at()) ? time().minus(RuleResult.AHEAD) : time();
    }

    boolean isPreliminary() {
        return observed.status().equals("preliminary");
    }

    /** Whether it is about the incidents of the rule, not about another analyte. */
    boolean isAbout() {
        return whether.isAbout();
    }

    /** Whether another version reports the same. */
    boolean isSame(Kept other) {
        return list.equals(other.list)
                && time().equals(other.time())
                && observed.status().equals(other.observed.status())
                && measured.hasSameResult(other.measured);
    }

    /** Whether alerts show it as they do the other. */
    boolean shows(Kept other) {
        return identity().equals(other.identity())
                && time().equals(other.time())
                && String.valueOf(measured.value()).equals(String.valueOf(other.measured.value()))
                && Objects.equals(measured.comparator(), other.measured.comparator())
                && Objects.equals(measured.unit(), other.measured.unit());
    }

    /** Whether it takes the place of the worst reading of an alert. */
    boolean isWorse(Kept worst, OracleRule rule, boolean escalates) {
        if (result == null || result.grade() == null) {
            return false;
        }
        Integer order = rule.isByAnalyte() ? null : RuleResult.order(measured, worst.measured);
        return order == null ? escalates : rule.isUpward() ? order > 0 : order < 0;
    }

    /** Of what tells readings apart: a search through all possibilities looks them up millions of times. */
    @Override
    public int hashCode() {
        return observed.hashCode();
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Kept[hidden]";
    }
}
