package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AlertId;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.RecomputedEpisode;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares one rule's alert with what the kept readings tell after something changed, and makes at most one transition
 * of the difference, as {@link Evaluator} describes it.
 *
 * @param analyte if the rule has an episode for each
 * @param changed the Observation that was corrected or withdrawn; null if something else changed
 * @param patientReference as written in the input
 * @param at input time
 */
record Revision(
        Rule rule,
        @Nullable Coding analyte,
        Cause cause,
        @Nullable ObservationIdentity changed,
        PatientKey patient,
        String patientReference,
        @Nullable String encounter,
        Instant at) {

    enum Cause {
        CORRECTED("corrected"),
        WITHDRAWN("withdrawn"),
        BIRTH_DATE("age"),
        RULES_CHANGED("rule-changed");

        private final String label;

        Cause(String label) {
            this.label = label;
        }

        private boolean isByAResult() {
            return this == CORRECTED || this == WITHDRAWN;
        }
    }

    void settle(Assessor assessor, Findings findings) {
        Episode open = findings.state().open(rule.id(), analyte);
        List<RecomputedEpisode> told =
                new Recomputation(assessor, findings.state(), patient).episodes(rule, analyte, open, changed);
        RecomputedEpisode last = told.isEmpty() ? null : told.get(told.size() - 1);
        if (open != null) {
            settle(open, told, last, findings);
        } else if (last != null && !last.ended()) {
            begin(last, findings);
        }
        if (changed != null) {
            settleEnded(told, changed, findings);
        }
    }

    private void settle(
            Episode open, List<RecomputedEpisode> told, @Nullable RecomputedEpisode last, Findings findings) {
        if (last != null && !last.ended()) {
            revise(open, last, findings);
            return;
        }
        RecomputedEpisode same = of(open, told);
        if (!cause.isByAResult()) {
            Episode ended = open.ended(at);
            findings.alert(alert("end-reason", cause.label, ended.latest(), ended));
        } else if (same == null) {
            retract(open, findings);
        } else {
            Episode resolved = open.judgedAgain(Transition.RESOLVED, same, false, at);
            findings.alert(alert(rule.criterionName(), same.criterion(), same.decidedBy(), resolved));
        }
    }

    private void revise(Episode open, RecomputedEpisode told, Findings findings) {
        if (told.isSameAs(open)) {
            if (cause.isByAResult()) {
                findings.suppressed(Suppressed.UNCHANGED);
            }
            return;
        }
        boolean confirmed = open.preliminary()
                && !told.preliminary()
                && told.severity() == open.severity()
                && told.opening().observation().equals(open.opening().observation());
        boolean paged =
                told.severity().compareTo(open.severity()) > 0 && !open.isPaged(told.severity(), at, rule.coolDown());
        write(open.judgedAgain(confirmed ? Transition.CONFIRMED : Transition.REVISED, told, paged, at), told, findings);
    }

    /** Ended alerts that the Observation is behind. */
    private void settleEnded(List<RecomputedEpisode> told, ObservationIdentity observation, Findings findings) {
        for (Episode ended : findings.state().episodes()) {
            if (!ended.isOpen()
                    && ended.names(observation)
                    && ended.isOf(rule.id(), analyte)
                    && !findings.hasAlert(ended.alertId())
                    && !ended.isOver()) {
                RecomputedEpisode same = of(ended, told);
                if (same == null) {
                    retract(ended, findings);
                } else if (same.ended() && !same.isSameAs(ended)) {
                    write(ended.judgedAgain(Transition.REVISED, same, false, at), same, findings);
                }
            }
        }
    }

    private static @Nullable RecomputedEpisode of(Episode episode, List<RecomputedEpisode> told) {
        RecomputedEpisode same = null;
        for (RecomputedEpisode each : told) {
            same = each.isOf(episode) ? each : same;
        }
        return same;
    }

    /**
     * Raises or reopens the alert of a finding that no reading has answered.
     *
     * @return false if it is too old to be news
     */
    boolean begin(RecomputedEpisode told, Findings findings) {
        if (told.decidedBy().time().isBefore(at.minus(rule.maxAge()))) {
            return false;
        }
        String id = AlertId.of(patient, rule.id(), analyte, told.opening().observation());
        Episode last = findings.state().lastEnded(rule.id(), analyte);
        boolean continues = last != null && !last.isOver() && (last.isReopened(at, rule.coolDown()) || told.isOf(last));
        Episode before = continues ? last : findings.state().episode(id);
        if (before == null) {
            Episode raised = Episode.raised(id, rule.id(), analyte, told, at, encounter);
            ForgottenAlert forgotten = findings.state().forgotten(id);
            write(forgotten == null ? raised : raised.continuing(forgotten), told, findings);
        } else {
            boolean paged = before.isPaged(told.severity(), at, rule.coolDown());
            Transition transition = paged ? Transition.RECURRED : Transition.REOPENED;
            write(before.judgedAgain(transition, told, !paged, at), told, findings);
        }
        return true;
    }

    private void retract(Episode episode, Findings findings) {
        Episode retracted = episode.retracted(at);
        findings.alert(alert("end-reason", cause.label, retracted.latest(), retracted));
    }

    private void write(Episode episode, RecomputedEpisode told, Findings findings) {
        boolean decided = !told.criterion().isEmpty();
        findings.alert(alert(
                decided ? rule.criterionName() : "revision",
                decided ? told.criterion() : cause.label,
                told.decidedBy(),
                episode));
    }

    private Alert alert(String criterionName, String criterion, Evidence reading, Episode episode) {
        return new Alert(patientReference, rule, criterionName, criterion, reading, episode, at);
    }
}
