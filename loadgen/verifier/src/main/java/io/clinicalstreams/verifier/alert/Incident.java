package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.rule.Grade;
import io.clinicalstreams.verifier.rule.OracleRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The expected state of an alert at one moment.
 *
 * @param latest the last of its readings
 * @param worst the most extreme of those at a level
 * @param notified input time of the last page
 * @param paged severity of the last page
 * @param ended null while it is open
 * @param preliminary whether the opening result is still preliminary
 */
record Incident(
        String id,
        int version,
        Grade grade,
        String transition,
        Kept opening,
        Kept latest,
        Kept worst,
        Instant notified,
        Grade paged,
        @Nullable Instant ended,
        boolean preliminary,
        int escalations) {

    static Incident raised(String id, Told told, Instant at) {
        return new Incident(
                id,
                1,
                told.grade(),
                "raised",
                told.opening(),
                told.latest(),
                told.worst(),
                at,
                told.grade(),
                null,
                told.preliminary(),
                0);
    }

    boolean isOpen() {
        return ended == null;
    }

    boolean isRetracted() {
        return transition.equals("retracted");
    }

    /** When it ends if nothing more is heard of it: after seven times the longer of max-age and cool-down. */
    Instant due(Watch watch) {
        Instant heard = latest.time().isAfter(notified) ? latest.time() : notified;
        return heard.plus(watch.lookBack().multipliedBy(7)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether the Observation is behind it. */
    boolean names(String identity) {
        return opening.identity().equals(identity)
                || latest.identity().equals(identity)
                || worst.identity().equals(identity);
    }

    /** Whether this grade, or a graver one, was paged less than a cool-down ago. A retracted page does not count. */
    private boolean isPaged(Grade met, Instant at, OracleRule rule) {
        return !isRetracted() && at.isBefore(notified.plus(rule.coolDown())) && met.compareTo(paged) <= 0;
    }

    /** Whether the reading is the final form of the preliminary result that opened it. */
    boolean isConfirmedBy(Kept reading) {
        return preliminary && !reading.isPreliminary() && reading.identity().equals(opening.identity());
    }

    /** After a reading that causes no transition. */
    Incident seeing(Kept reading, OracleRule rule) {
        return next(transition, reading, grade, rule, ended)
                .as(version, transition)
                .escalated(escalations);
    }

    /** After a page, or after an update if the grade, or a graver one, was paged within the cool-down. */
    Incident back(String page, Kept by, Grade met, OracleRule rule) {
        Instant at = by.observed().at();
        return isPaged(met, at, rule)
                ? next("recurred", by, met, rule, null)
                : next(page, by, met, rule, null).paged(at);
    }

    /** The Observation that opened it does so again. */
    Incident backBy(Told told, Instant at, OracleRule rule) {
        return isPaged(told.grade(), at, rule)
                ? as(told).as(version + 1, "recurred").until(null)
                : as(told).as(version + 1, "reopened").until(null).paged(at);
    }

    /** The state after a transition without a page. */
    Incident updated(String to, Kept by, Grade met, OracleRule rule) {
        return next(to, by, met, rule, null);
    }

    Incident resolved(Kept by, OracleRule rule) {
        return next("resolved", by, grade, rule, by.observed().at());
    }

    /** The state after a result was judged again: a page if the grade rises above that of the last page. */
    Incident revised(Told told, Instant at, OracleRule rule) {
        Incident revised = as(told).as(version + 1, "revised");
        boolean pages = isOpen() && told.grade().compareTo(grade) > 0 && !isPaged(told.grade(), at, rule);
        return pages ? revised.paged(at) : revised;
    }

    /** Its readings as they are told. */
    Incident as(Told told) {
        return new Incident(
                id,
                version,
                told.grade(),
                transition,
                told.opening(),
                told.latest(),
                told.worst(),
                notified,
                paged,
                ended,
                told.preliminary(),
                escalations);
    }

    /** The state after a transition that shows no other readings, such as its end without one. */
    Incident then(String to, @Nullable Instant end) {
        return as(version + 1, to).until(end);
    }

    private Incident next(String to, Kept by, Grade met, OracleRule rule, @Nullable Instant end) {
        boolean confirms = isConfirmedBy(by);
        boolean opens = confirms || (!isOpen() && by.identity().equals(opening.identity()));
        return new Incident(
                id,
                version + 1,
                met,
                to,
                opens ? by : opening,
                by,
                by.isWorse(worst, rule, met.compareTo(grade) > 0) ? by : worst,
                notified,
                paged,
                end,
                preliminary && !confirms,
                to.equals("escalated") ? escalations + 1 : escalations);
    }

    private Incident escalated(int times) {
        return new Incident(
                id, version, grade, transition, opening, latest, worst, notified, paged, ended, preliminary, times);
    }

    private Incident paged(Instant at) {
        return new Incident(
                id, version, grade, transition, opening, latest, worst, at, grade, ended, preliminary, escalations);
    }

    private Incident as(int now, String to) {
        return new Incident(
                id, now, grade, to, opening, latest, worst, notified, paged, ended, preliminary, escalations);
    }

    private Incident until(@Nullable Instant end) {
        return new Incident(
                id, version, grade, transition, opening, latest, worst, notified, paged, end, preliminary, escalations);
    }

    /** Its latest reading is another one. */
    Incident seenBefore(Kept last) {
        return new Incident(
                id, version, grade, transition, opening, last, worst, notified, paged, ended, preliminary, escalations);
    }

    /** Its severity is not that of its readings. */
    Incident graded(Grade severity) {
        return new Incident(
                id,
                version,
                severity,
                transition,
                opening,
                latest,
                worst,
                notified,
                paged,
                ended,
                preliminary,
                escalations);
    }

    /** When it ended; it has. */
    Instant end() {
        return Objects.requireNonNull(ended);
    }

    /** Of what tells its states apart, not of all its readings. */
    @Override
    public int hashCode() {
        return 31 * id.hashCode() + version;
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Incident[" + id + "]";
    }
}
