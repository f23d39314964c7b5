package io.clinicalstreams.verifier.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The expected state of an alert at one moment.
 *
 * @param opening identity of the Observation that opened it
 * @param seen the latest clinical time of its readings
 * @param notified input time of the last page
 * @param paged severity of the last page
 * @param ended null while it is open
 * @param preliminary whether the opening result is still preliminary
 */
record Incident(
        String id,
        String opening,
        int version,
        Grade grade,
        String transition,
        Instant seen,
        Instant notified,
        Grade paged,
        @Nullable Instant ended,
        boolean preliminary,
        int escalations) {

    static Incident raised(String id, RuleResult by, Grade grade) {
        return new Incident(
                id, by.identity(), 1, grade, "raised", by.time(), by.at(), grade, null, by.preliminary(), 0);
    }

    /** A reading that ended it with a clock ahead of the log makes only those late that are older by all clocks. */
    boolean isLate(RuleResult finding) {
        boolean ahead = ended != null && seen.isAfter(ended);
        return finding.time().isBefore(ahead ? seen.minus(RuleResult.AHEAD) : seen);
    }

    /** When it ends if nothing more is heard of it: after seven times the longer of max-age and cool-down. */
    Instant due(OracleRule rule) {
        Duration longest = rule.maxAge().compareTo(rule.coolDown()) < 0 ? rule.coolDown() : rule.maxAge();
        return (seen.isAfter(notified) ? seen : notified)
                .plus(longest.multipliedBy(7))
                .truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether the finding is the final form of the preliminary result that opened it. */
    boolean isConfirmedBy(RuleResult finding) {
        return preliminary && !finding.preliminary() && finding.identity().equals(opening);
    }

    Incident seeing(RuleResult finding) {
        return new Incident(
                id,
                opening,
                version,
                grade,
                transition,
                latest(finding),
                notified,
                paged,
                ended,
                preliminary,
                escalations);
    }

    /** After a page, or after an update if the grade, or a graver one, was paged within the cool-down. */
    Incident back(String page, RuleResult by, Grade grade, OracleRule rule) {
        boolean recently = by.at().isBefore(notified.plus(rule.coolDown()));
        return recently && grade.compareTo(paged) <= 0
                ? next("recurred", by, grade, notified, paged, null)
                : next(page, by, grade, by.at(), grade, null);
    }

    /** The state after a transition without a page. */
    Incident updated(String transition, RuleResult by, Grade grade) {
        return next(transition, by, grade, notified, paged, null);
    }

    Incident resolved(RuleResult by) {
        return next("resolved", by, grade, notified, paged, by.at());
    }

    /** The state after it ended without a reading. */
    Incident ended(Instant at) {
        return new Incident(
                id, opening, version + 1, grade, "ended", seen, notified, paged, at, preliminary, escalations);
    }

    private Incident next(
            String transition, RuleResult by, Grade grade, Instant notified, Grade paged, @Nullable Instant ended) {
        return new Incident(
                id,
                opening,
                version + 1,
                grade,
                transition,
                latest(by),
                notified,
                paged,
                ended,
                preliminary && !isConfirmedBy(by),
                transition.equals("escalated") ? escalations + 1 : escalations);
    }

    private Instant latest(RuleResult finding) {
        return isLate(finding) ? seen : finding.time();
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Incident[" + id + "]";
    }
}
