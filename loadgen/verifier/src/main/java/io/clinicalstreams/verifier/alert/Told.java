package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.rule.Grade;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the kept readings tell it in the order of their time, had each come in time and in its latest version.
 *
 * @param decidedBy the last reading that was of its grade, or ended it
 * @param preliminary whether the opening reading is
 */
record Told(Grade grade, Kept opening, Kept latest, Kept worst, Kept decidedBy, boolean preliminary, boolean ended) {

    /**
     * The incidents, in order; all but the last one have ended.
     *
     * @param readings in order
     * @param before the one that was open before the first of them; null if none was
     * @param applies whether a rule applies at the patient's age when a reading was taken
     */
    static List<Told> by(
            List<Kept> readings, @Nullable Told before, OracleRule rule, BiPredicate<Instant, OracleRule> applies) {
        List<Told> ended = new ArrayList<>();
        Told told = before;
        for (Kept reading : readings) {
            RuleResult result = reading.result();
            if (result == null || !applies.test(reading.time(), rule)) {
                continue;
            }
            if (told != null) {
                told = told.after(reading, result, rule);
            } else if (result.grade() != null
                    && result.judgedBy().stream().noneMatch(limit -> applies.test(reading.time(), limit))) {
                told = openedBy(reading, result.grade());
            }
            if (told != null && told.ended) {
                ended.add(told);
                told = null;
            }
        }
        if (told != null) {
            ended.add(told);
        }
        return ended;
    }

    static Told openedBy(Kept reading, Grade met) {
        return new Told(met, reading, reading, reading, reading, reading.isPreliminary(), false);
    }

    /**
     * An alert as it stood when its opening reading was forgotten.
     *
     * @param changed the identity of an Observation of which nothing counts; null if all do
     */
    static Told asItWas(Incident open, @Nullable String changed) {
        Kept latest = open.latest().identity().equals(changed) ? open.opening() : open.latest();
        Kept worst = open.worst().identity().equals(changed) ? open.opening() : open.worst();
        return new Told(open.grade(), open.opening(), latest, worst, latest, open.preliminary(), false);
    }

    /** What became of an alert; null if nothing did. */
    static @Nullable Told of(Incident incident, List<Told> all) {
        return all.stream()
                .filter(told -> told.isOf(incident))
                .reduce((one, other) -> other)
                .orElse(null);
    }

    private Told after(Kept reading, RuleResult result, OracleRule rule) {
        Grade met = result.grade();
        int rise = met == null ? -1 : met.compareTo(grade);
        if (met != null && rise < 0 && result.graverIsOpen()) {
            return this;
        }
        Kept nowWorst = reading.isWorse(worst, rule, rise > 0) ? reading : worst;
        boolean isBetweenLimits = met == null && !result.clear();
        if (isBetweenLimits || (rise < 0 && reading.isPreliminary())) {
            return new Told(grade, opening, reading, nowWorst, decidedBy, preliminary, false);
        }
        return new Told(met == null ? grade : met, opening, reading, nowWorst, reading, preliminary, met == null);
    }

    /** Whether it is what an alert became: it has the same opening Observation, or is of its time. */
    boolean isOf(Incident incident) {
        return opening.identity().equals(incident.opening().identity())
                || (!opening.time().isAfter(incident.latest().time())
                        && (!ended || latest.time().isAfter(incident.opening().time())));
    }

    /** Whether the opening result of an alert has become final, at the same grade. */
    boolean confirms(Incident incident) {
        return incident.preliminary()
                && !preliminary
                && grade == incident.grade()
                && opening.identity().equals(incident.opening().identity());
    }

    boolean isSame(Incident incident) {
        return grade == incident.grade()
                && preliminary == incident.preliminary()
                && opening.shows(incident.opening())
                && latest.shows(incident.latest())
                && worst.shows(incident.worst());
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Told[hidden]";
    }
}
