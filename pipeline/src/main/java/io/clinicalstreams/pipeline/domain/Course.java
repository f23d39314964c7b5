package io.clinicalstreams.pipeline.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one reading does to one rule's episodes: the course of an alert, as {@link Evaluator} describes it. */
record Course(CriticalLimit rule, Reading reading, Assessment assessment, UnitConversion units) {

    /** @return why it could not be evaluated after all; null when it was */
    @Nullable
    NotEvaluated follow(Findings findings) {
        Episode open = findings.state().open(rule.id());
        if (open != null) {
            return continued(open, findings);
        }
        if (assessment.met() != null) {
            opened(assessment.met(), findings);
        }
        return null;
    }

    private void opened(Level met, Findings findings) {
        Episode last = findings.state().lastEnded(rule.id());
        if (last != null && last.isLate(reading)) {
            findings.suppressed(Suppressed.OUT_OF_ORDER);
        } else if (last != null && last.endedAt() != null && isWithinCoolDown(last.endedAt())) {
            findings.alert(alert(met.threshold(), changed(last, Transition.REOPENED, met)));
        } else {
            String id = AlertId.of(reading.patient(), rule.id(), reading.identity());
            Episode same = findings.state().episode(id);
            Episode episode = same == null ? begun(id, met, findings.state()) : changed(same, Transition.REOPENED, met);
            findings.alert(alert(met.threshold(), episode));
        }
    }

    private Episode begun(String id, Level met, PatientState state) {
        Episode raised = Episode.raised(id, rule.id(), met.severity(), evidence(), reading);
        ForgottenAlert forgotten = state.forgotten(id);
        return forgotten == null ? raised : raised.continuing(forgotten);
    }

    private @Nullable NotEvaluated continued(Episode open, Findings findings) {
        Level met = assessment.met();
        int rise = met == null ? -1 : met.severity().compareTo(open.severity());
        if (met != null && rise > 0) {
            findings.alert(alert(met.threshold(), changed(open, Transition.ESCALATED, met)));
        } else if (met != null && open.isConfirmedBy(reading) && (rise == 0 || open.isLate(reading))) {
            findings.alert(alert(met.threshold(), changed(open, Transition.CONFIRMED, met)));
        } else if (open.isLate(reading)) {
            suppress(open, Suppressed.OUT_OF_ORDER, findings);
        } else if (met == null && !assessment.cleared()) {
            suppress(open, Suppressed.HYSTERESIS, findings);
        } else if (met != null && rise < 0 && assessment.higherUndecided()) {
            return NotEvaluated.COMPARATOR_UNDECIDED;
        } else if (rise < 0 && reading.isPreliminary()) {
            suppress(open, Suppressed.PRELIMINARY, findings);
        } else if (met == null) {
            findings.alert(alert(assessment.variant().clear(), changed(open, Transition.RESOLVED, null)));
        } else if (rise < 0) {
            findings.alert(alert(met.threshold(), changed(open, Transition.LOWERED, met)));
        } else if (!isWithinCoolDown(open.lastNotifiedAt())) {
            findings.alert(alert(met.threshold(), changed(open, Transition.REPEATED, met)));
        } else {
            suppress(open, Suppressed.COOL_DOWN, findings);
        }
        return null;
    }

    /** @param met null when the reading resolves the episode */
    private Episode changed(Episode before, Transition transition, @Nullable Level met) {
        Severity severity = met == null || transition == Transition.CONFIRMED ? before.severity() : met.severity();
        return before.after(transition, severity, evidence(), worstOf(before), reading);
    }

    private void suppress(Episode open, Suppressed reason, Findings findings) {
        findings.suppressed(reason);
        findings.keep(open.afterSilence(evidence(), worstOf(open), reading));
    }

    private Alert alert(Threshold limit, Episode episode) {
        return new Alert(
                reading.observation().patientReference(),
                rule,
                limit,
                assessment.variant().unit(),
                evidence(),
                episode,
                reading.at());
    }

    private Evidence evidence() {
        return new Evidence(reading.identity(), assessment.value(), assessment.unit(), reading.time());
    }

    private Evidence worstOf(Episode episode) {
        if (assessment.met() == null) {
            return episode.worst();
        }
        Integer order = order(episode.worst());
        boolean worse = order == null
                ? assessment.met().severity().compareTo(episode.severity()) > 0
                : rule.isUpward() ? order > 0 : order < 0;
        return worse ? evidence() : episode.worst();
    }

    /** How the reading's number stands to another's; null when mass and molar concentration cannot be compared. */
    private @Nullable Integer order(Evidence other) {
        Conversion mine = conversion(assessment.unit());
        Conversion others = conversion(other.unit());
        if (mine == null || others == null) {
            return null;
        }
        BigDecimal left = assessment.value().value().multiply(mine.numerator()).multiply(others.denominator());
        BigDecimal right = other.value().value().multiply(others.numerator()).multiply(mine.denominator());
        return left.compareTo(right);
    }

    private @Nullable Conversion conversion(Unit unit) {
        Variant variant = assessment.variant();
        return variant.isInOwnUnit(unit)
                ? Conversion.IDENTITY
                : units.between(unit, variant.unit()).orElse(null);
    }

    private boolean isWithinCoolDown(Instant since) {
        return reading.at().isBefore(since.plus(rule.coolDown()));
    }
}
