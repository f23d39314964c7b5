package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.source.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One patient's history under one rule so far. The naive way: a list of incidents, searched for each finding.
 *
 * @param birth the birth date, null until known
 */
record History(@Nullable LocalDate birth, List<Incident> incidents) {

    static final History NONE = new History(null, List.of());

    History {
        incidents = List.copyOf(incidents);
    }

    /** An open incident ends when its rule turns out not to apply. */
    History after(Fact.Introduced introduced, OracleRule rule) {
        History known = new History(introduced.birthDate(), incidents);
        Incident open = open();
        return open == null || known.isOfAge(open.seen(), rule) ? known : known.with(open.ended(introduced.at()));
    }

    /** The history at a time of the log: an open incident with no input for too long has ended. */
    History until(Instant now, OracleRule rule) {
        Incident open = open();
        return open == null || now.isBefore(open.due(rule)) ? this : with(open.ended(open.due(rule)));
    }

    private @Nullable Incident open() {
        return incidents.stream()
                .filter(incident -> incident.ended() == null)
                .findFirst()
                .orElse(null);
    }

    /** @param analyte null unless the rule has one incident per analyte */
    History after(RuleResult finding, OracleRule rule, String patient, @Nullable String analyte) {
        if (!isOfAge(finding.time(), rule)) {
            return this;
        }
        Incident open = open();
        if (open != null) {
            return with(continued(open, finding, rule));
        }
        if (finding.grade() == null || finding.judgedBy().stream().anyMatch(limit -> isOfAge(finding.time(), limit))) {
            return this;
        }
        return begun(finding, finding.grade(), rule, patient, analyte);
    }

    private boolean isOfAge(Instant time, OracleRule rule) {
        if (birth == null) {
            return true;
        }
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        // For a birth on 29 February the birthday in common years is the 28th; a birth after the reading is age 0.
        boolean oldEnough =
                rule.fromYears() == 0 || !birth.plusYears(rule.fromYears()).isAfter(day);
        return oldEnough
                && (rule.belowYears() == null
                        || birth.plusYears(rule.belowYears()).isAfter(day));
    }

    private static Incident continued(Incident open, RuleResult finding, OracleRule rule) {
        Grade grade = finding.grade();
        int rise = grade == null ? -1 : grade.compareTo(open.grade());
        if (grade != null && rise > 0) {
            return open.back("escalated", finding, grade, rule);
        }
        if (grade != null && open.isConfirmedBy(finding) && (rise == 0 || open.isLate(finding))) {
            return open.updated("confirmed", finding, open.grade());
        }
        if (open.isLate(finding)) {
            return open;
        }
        if (grade == null && !finding.clear()) {
            return open.seeing(finding);
        }
        if (grade != null && rise < 0 && finding.graverIsOpen()) {
            return open;
        }
        if (rise < 0 && finding.preliminary()) {
            return open.seeing(finding);
        }
        if (grade == null) {
            return open.resolved(finding);
        }
        if (rise < 0) {
            return open.updated("lowered", finding, grade);
        }
        boolean cool = !finding.at().isBefore(open.notified().plus(rule.coolDown()));
        return cool ? open.back("repeated", finding, grade, rule) : open.seeing(finding);
    }

    private History begun(RuleResult finding, Grade grade, OracleRule rule, String patient, @Nullable String analyte) {
        Incident last = endedLast();
        if (last != null && last.isLate(finding)) {
            return this;
        }
        if (last != null
                && last.ended() != null
                && finding.at().isBefore(last.ended().plus(rule.coolDown()))) {
            return with(last.back("reopened", finding, grade, rule));
        }
        String id = alertId(patient, rule.id(), finding.identity(), analyte);
        for (Incident incident : incidents) {
            if (incident.id().equals(id)) {
                return with(incident.back("reopened", finding, grade, rule));
            }
        }
        return with(Incident.raised(id, finding, grade));
    }

    private @Nullable Incident endedLast() {
        Incident last = null;
        for (Incident incident : incidents) {
            Instant end = incident.ended();
            if (end != null && (last == null || last.ended() == null || !end.isBefore(last.ended()))) {
                last = incident;
            }
        }
        return last;
    }

    private History with(Incident changed) {
        List<Incident> all = new ArrayList<>(incidents);
        all.replaceAll(incident -> incident.id().equals(changed.id()) ? changed : incident);
        if (!all.contains(changed)) {
            all.add(changed);
        }
        return new History(birth, all);
    }

    /**
     * The first 32 hex digits of the SHA-256 of patient key, rule id, opening Observation and analyte, one per line.
     */
    static String alertId(String patient, String rule, String opening, @Nullable String analyte) {
        String text = patient + "\n" + rule + "\n" + opening + (analyte == null ? "" : "\n" + analyte);
        return Fingerprint.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "History[hidden]";
    }
}
