package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AlertId;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Applies one reading to one rule's episodes: the course of an alert, as {@link Evaluator} describes it.
 *
 * @param late whether a newer reading is known
 */
record Course(Rule rule, Reading reading, Assessment assessment, boolean late) {

    /** @return why the reading could not be evaluated; null when it was */
    @Nullable
    NotEvaluated follow(Findings findings) {
        Episode open = findings.state().open(rule.id(), rule.analyte(reading));
        if (open != null) {
            return continued(open, findings);
        }
        if (assessment.met() != null) {
            opened(assessment.met(), findings);
        }
        return null;
    }

    private void opened(Severity met, Findings findings) {
        Coding analyte = rule.analyte(reading);
        Episode last = findings.state().lastEnded(rule.id(), analyte);
        if (last != null && last.isReopened(reading.at(), rule.coolDown())) {
            findings.alert(alert(back(last, Transition.REOPENED, met)));
        } else {
            String id = AlertId.of(reading.patient(), rule.id(), analyte, reading.identity());
            Episode same = findings.state().episode(id);
            findings.alert(alert(same == null ? begun(id, met, findings.state()) : again(same, met)));
        }
    }

    private Episode begun(String id, Severity met, PatientState state) {
        Episode raised = Episode.raised(id, rule.id(), rule.analyte(reading), met, reading);
        ForgottenAlert forgotten = state.forgotten(id);
        return forgotten == null ? raised : raised.continuing(forgotten);
    }

    private @Nullable NotEvaluated continued(Episode open, Findings findings) {
        Severity met = assessment.met();
        int rise = met == null ? -1 : met.compareTo(open.severity());
        if (met != null && rise > 0 && !late) {
            findings.alert(alert(back(open, Transition.ESCALATED, met)));
        } else if (met != null && open.isConfirmedBy(reading) && (rise == 0 || late)) {
            findings.alert(alert(changed(open, Transition.CONFIRMED, open.severity())));
        } else if (late) {
            suppress(open, Suppressed.OUT_OF_ORDER, findings);
        } else if (met == null && !assessment.cleared()) {
            suppress(open, Suppressed.HYSTERESIS, findings);
        } else if (met != null && rise < 0 && assessment.higherUndecided()) {
            return NotEvaluated.COMPARATOR_UNDECIDED;
        } else if (rise < 0 && reading.isPreliminary() && assessment.needsFinal()) {
            suppress(open, Suppressed.PRELIMINARY, findings);
        } else if (met == null) {
            findings.alert(alert(changed(open, Transition.RESOLVED, open.severity())));
        } else if (rise < 0) {
            findings.alert(alert(changed(open, Transition.LOWERED, met)));
        } else if (!isWithinCoolDown(open.lastNotifiedAt())) {
            findings.alert(alert(changed(open, Transition.REPEATED, met)));
        } else {
            suppress(open, Suppressed.COOL_DOWN, findings);
        }
        return null;
    }

    /** The alert of an earlier version of the same Observation. */
    private Episode again(Episode same, Severity met) {
        Evidence by = reading.evidence();
        return same.openedBy(by).after(page(same, Transition.REOPENED, met), met, by, reading, late);
    }

    private Episode back(Episode before, Transition page, Severity met) {
        return changed(before, page(before, page, met), met);
    }

    /** A page, or, if the same or worse was paged within the cool-down, an update. */
    private Transition page(Episode before, Transition page, Severity met) {
        return before.isPaged(met, reading.at(), rule.coolDown()) ? Transition.RECURRED : page;
    }

    private Episode changed(Episode before, Transition transition, Severity severity) {
        return before.after(transition, severity, worstOf(before), reading, late);
    }

    private void suppress(Episode open, Suppressed reason, Findings findings) {
        findings.suppressed(reason);
        findings.keep(open.afterSilence(worstOf(open), reading, late));
    }

    private Alert alert(Episode episode) {
        return new Alert(
                reading.observation().patientReference(),
                rule,
                rule.criterionName(),
                assessment.criterion(),
                reading.evidence(),
                episode,
                reading.at());
    }

    private Evidence worstOf(Episode episode) {
        return worse(assessment, reading, episode.worst(), episode.severity());
    }

    /** The more extreme of a reading and the worst before it. */
    static Evidence worse(Assessment assessment, Reading reading, Evidence worst, Severity severity) {
        Severity met = assessment.met();
        if (met == null) {
            return worst;
        }
        Integer beyond = assessment.beyond(worst);
        boolean worse = beyond == null ? met.compareTo(severity) > 0 : beyond > 0;
        return worse ? reading.evidence() : worst;
    }

    private boolean isWithinCoolDown(Instant since) {
        return reading.at().isBefore(since.plus(rule.coolDown()));
    }
}
