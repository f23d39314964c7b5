package io.clinicalstreams.verifier.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The expected state of an alert at one moment.
 *
 * @param opening identity of the Observation that opened it
 * @param seen the latest clinical time of its readings
 * @param notified input time of the last transition that starts the cool-down
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
        @Nullable Instant ended,
        boolean preliminary,
        int escalations) {

    static Incident raised(String id, RuleResult by, Grade grade) {
        return new Incident(id, by.identity(), 1, grade, "raised", by.time(), by.at(), null, by.preliminary(), 0);
    }

    boolean isLate(RuleResult finding) {
        return finding.time().isBefore(seen);
    }

    /** Whether the finding is the final form of the preliminary result that opened it. */
    boolean isConfirmedBy(RuleResult finding) {
        return preliminary && !finding.preliminary() && finding.identity().equals(opening);
    }

    Incident seeing(RuleResult finding) {
        return new Incident(
                id, opening, version, grade, transition, latest(finding), notified, ended, preliminary, escalations);
    }

    /** The state after a transition that notifies and so restarts the cool-down. */
    Incident told(String transition, RuleResult by, Grade grade) {
        return next(transition, by, grade, by.at(), null);
    }

    Incident confirmed(RuleResult by) {
        return next("confirmed", by, grade, notified, null);
    }

    Incident resolved(RuleResult by) {
        return next("resolved", by, grade, notified, by.at());
    }

    private Incident next(String transition, RuleResult by, Grade grade, Instant notified, @Nullable Instant ended) {
        return new Incident(
                id,
                opening,
                version + 1,
                grade,
                transition,
                latest(by),
                notified,
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
