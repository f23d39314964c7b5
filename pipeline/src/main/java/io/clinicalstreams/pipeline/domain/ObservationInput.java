package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.RecomputedEpisode;
import io.clinicalstreams.pipeline.domain.episode.Withdrawal;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.VersionOrder;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One Observation that arrived: the first version of it, a later one, or a withdrawal.
 *
 * @param at input time
 */
record ObservationInput(
        PatientKey patient,
        Observation observation,
        ObservationIdentity identity,
        Instant at,
        Assessor assessor,
        Findings findings) {

    void evaluate() {
        PatientState state = findings.state();
        KeptReading earlier = state.kept(identity);
        Withdrawal withdrawal = state.withdrawal(identity);
        VersionOrder version = observation.version();
        boolean withdraws = observation.status().isWithdrawn();
        int againstWithdrawal = withdrawal == null ? 1 : version.against(withdrawal.version());
        if (withdrawal != null && withdrawal.isWithdrawn() && (withdraws || againstWithdrawal <= 0)) {
            findings.notEvaluated(Unevaluated.because(NotEvaluated.WITHDRAWN));
            if (withdraws && againstWithdrawal >= 0 && !version.equals(withdrawal.version())) {
                findings.keep(state.with(withdrawal()));
            }
            if (withdraws) {
                settle(contradicted(), Revision.Cause.WITHDRAWN);
            }
        } else if (againstWithdrawal < 0 || (earlier != null && version.against(earlier.version()) < 0)) {
            findings.suppressed(Suppressed.SUPERSEDED);
        } else if (withdraws) {
            withdraw();
        } else {
            if (withdrawal != null) {
                findings.keep(state.without(withdrawal));
            }
            if (earlier == null) {
                follow();
            } else {
                correct(earlier);
            }
            if ((earlier != null || withdrawal != null) && findings.state().kept(identity) == null) {
                remember();
            }
        }
        forgetReadings();
    }

    private boolean isFrom(KeptReading reading) {
        return reading.identity().equals(identity);
    }

    private List<Reading> readings(Instant at) {
        return Reading.of(patient, observation, identity, at);
    }

    private Revision revision(AlertTarget target, Rule rule, Revision.Cause cause) {
        return new Revision(
                rule,
                target.analyte(),
                cause,
                identity,
                patient,
                observation.patientReference(),
                observation.encounter(),
                at);
    }

    private void settle(Set<AlertTarget> targets, Revision.Cause cause) {
        for (AlertTarget target : targets) {
            Rule rule = assessor.rules().rule(target.ruleId());
            if (rule != null && rule.isByAnalyte() == (target.analyte() != null)) {
                revision(target, rule, cause).settle(assessor, findings);
            }
        }
    }

    /**
     * Open alerts that a duplicate's reading of the Observation is behind, which moved here although it had been corrected
     * or withdrawn here: when that is sent again, it counts for them too.
     */
    private Set<AlertTarget> contradicted() {
        Set<AlertTarget> targets = new LinkedHashSet<>();
        for (Episode episode : findings.state().episodes()) {
            if (episode.isOpen()
                    && episode.names(identity)
                    && AlertTarget.isTold(assessor.rules().rule(episode.ruleId()))
                    && !Stream.of(episode.opening(), episode.latest(), episode.worst())
                            .allMatch(this::counts)) {
                targets.add(AlertTarget.of(episode));
            }
        }
        return targets;
    }

    private boolean counts(Evidence evidence) {
        return !evidence.observation().equals(identity)
                || findings.state().naming(identity).stream()
                        .flatMap(history -> history.readings().stream())
                        .anyMatch(kept -> isFrom(kept) && kept.isBehind(evidence));
    }

    private void withdraw() {
        PatientState before = findings.state();
        Set<AlertTarget> targets = AlertTarget.of(identity, before, assessor.rules());
        boolean known = false;
        for (Reading reading : readings(at)) {
            List<Assessor.Answer> answers = assessor.answers(reading, before).all();
            if (!answers.isEmpty()) {
                known = true;
                findings.notEvaluated(Unevaluated.by(
                        NotEvaluated.WITHDRAWN, answers.get(0).rule().id()));
            }
        }
        if (!known) {
            findings.notEvaluated(targets.isEmpty() ? withoutRule() : Unevaluated.because(NotEvaluated.WITHDRAWN));
        }
        findings.keep(before.without(identity));
        remember();
        settle(targets, Revision.Cause.WITHDRAWN);
    }

    /** No reading of this version is kept, so that it is remembered that it came. */
    private void remember() {
        PatientState before = findings.state();
        PatientState after = before.with(withdrawal());
        findings.keep(after);
        if (before.withdrawal(identity) == null
                && before.withdrawals().size() == PatientState.MOST_WITHDRAWALS
                && after.withdrawals().size() == PatientState.MOST_WITHDRAWALS) {
            findings.notEvaluated(Unevaluated.because(NotEvaluated.WITHDRAWAL_FORGOTTEN));
        }
    }

    private Unevaluated withoutRule() {
        return Unevaluated.withoutRule(observation.measurements().get(0).codings());
    }

    private Withdrawal withdrawal() {
        return Withdrawal.of(identity, Reading.dayOf(at), observation.version());
    }

    /** A later version of an Observation that is kept: its readings are judged as of the first version's input. */
    private void correct(KeptReading earlier) {
        PatientState before = findings.state();
        List<Reading> readings = readings(earlier.at());
        if (readings.get(0).isFuture()) {
            readings = readings(at);
        }
        List<Assessor.Answers> answers = readings.stream()
                .map(reading -> assessor.answers(reading, before))
                .toList();
        findings.keep(before.without(identity));
        for (int i = 0; i < readings.size(); i++) {
            keep(readings.get(i), answers.get(i), before);
        }
        if (isSame(before, findings.state())) {
            boolean later = observation.version().against(earlier.version()) > 0;
            findings.keep(later ? findings.state() : before);
            findings.suppressed(Suppressed.DUPLICATE);
            settle(contradicted(), Revision.Cause.CORRECTED);
            return;
        }
        boolean known = false;
        for (Assessor.Answers each : answers) {
            known |= !each.all().isEmpty();
            count(each.all());
        }
        if (!known) {
            findings.notEvaluated(withoutRule());
        }
        Set<AlertTarget> targets = AlertTarget.of(identity, before, assessor.rules());
        targets.addAll(AlertTarget.of(identity, findings.state(), assessor.rules()));
        settle(targets, Revision.Cause.CORRECTED);
    }

    private boolean isSame(PatientState before, PatientState after) {
        List<AnalyteHistory> histories = before.naming(identity);
        return histories.size() == after.naming(identity).size()
                && histories.stream().allMatch(history -> after.naming(identity).stream()
                        .anyMatch(other -> other.codings().equals(history.codings()) && isSame(history, other)));
    }

    private boolean isSame(AnalyteHistory before, AnalyteHistory after) {
        List<KeptReading> some = before.readings().stream().filter(this::isFrom).toList();
        List<KeptReading> others =
                after.readings().stream().filter(this::isFrom).toList();
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> some.get(i).isSameAs(others.get(i)));
    }

    /** The first version of an Observation, or one whose earlier versions are not kept any more. */
    private void follow() {
        boolean known = false;
        for (Reading reading : readings(at)) {
            PatientState before = findings.state();
            Assessor.Answers answers = assessor.answers(reading, before);
            keep(reading, answers, before);
            List<Assessor.Answer> followed = new ArrayList<>(answers.all().size());
            for (Assessor.Answer answer : answers.all()) {
                followed.add(
                        answer.assessment() == null ? answer : follow(reading, answer, answer.assessment(), before));
            }
            known |= !followed.isEmpty();
            count(followed);
        }
        if (!known) {
            findings.notEvaluated(withoutRule());
        }
    }

    /** @return with the reason if the rule could not be evaluated after all */
    private Assessor.Answer follow(
            Reading reading, Assessor.Answer answer, Assessment assessment, PatientState before) {
        Rule rule = answer.rule();
        Episode open = findings.state().open(rule.id(), rule.analyte(reading));
        boolean late = isLate(reading, rule, before, open == null && assessment.met() != null);
        if (!late || (open != null && open.isConfirmedBy(reading))) {
            NotEvaluated reason = new Course(rule, reading, assessment, late).follow(findings);
            return new Assessor.Answer(rule, assessment, reason);
        }
        AlertTarget target = new AlertTarget(rule.id(), rule.analyte(reading));
        List<RecomputedEpisode> told =
                new Recomputation(assessor, findings.state(), patient).episodes(rule, target.analyte(), open, null);
        RecomputedEpisode last = told.isEmpty() || told.get(told.size() - 1).ended() ? null : told.get(told.size() - 1);
        if (open != null) {
            findings.suppressed(Suppressed.OUT_OF_ORDER);
            findings.keep(last == null ? open.afterLate() : open.afterLate(last));
        } else if (last == null
                || !revision(target, rule, Revision.Cause.CORRECTED).begin(last, findings)) {
            if (assessment.met() != null) {
                findings.suppressed(Suppressed.OUT_OF_ORDER);
            }
        }
        return answer;
    }

    /**
     * Whether a newer reading of the rule's analyte is known; if it is not kept, as in states of earlier versions or of an alert
     * that moved here, the one in its episode.
     *
     * @param opens whether it begins an episode unless it is late
     */
    private static boolean isLate(Reading reading, Rule rule, PatientState state, boolean opens) {
        Coding analyte = rule.analyte(reading);
        Episode open = state.open(rule.id(), analyte);
        boolean known = false;
        for (AnalyteHistory history : state.histories()) {
            if (rule.isAbout(history.codings(), analyte)) {
                if (history.isAfter(reading.order(), opens)) {
                    return true;
                }
                known |= open == null || history.names(open.latest().observation());
            }
        }
        if (known || state.episodes().isEmpty()) {
            return false;
        }
        Episode last = open == null ? state.lastEnded(rule.id(), analyte) : open;
        return last != null && last.isLate(reading);
    }

    /** At most one for a measurement: the first, and age only if all report it. */
    private void count(List<Assessor.Answer> answers) {
        Unevaluated byAge = null;
        boolean outsideAge = true;
        for (Assessor.Answer answer : answers) {
            NotEvaluated reason = answer.reason();
            if (reason != null && reason != NotEvaluated.AGE) {
                findings.notEvaluated(Unevaluated.by(reason, answer.rule().id()));
                return;
            }
            outsideAge &= reason != null;
            byAge = reason == null
                    ? byAge
                    : Unevaluated.by(reason, answer.rule().id());
        }
        if (outsideAge && byAge != null) {
            findings.notEvaluated(byAge);
        }
    }

    private void keep(Reading reading, Assessor.Answers answers, PatientState before) {
        if (answers.isKept()) {
            List<Coding> codings =
                    assessor.rules().listenedTo(reading.measurement().codings());
            findings.keep(findings.state().with(codings, KeptReading.of(reading), before));
        }
    }

    private void forgetReadings() {
        for (AnalyteHistory history : findings.state().histories()) {
            if (history.readings().size() > 1 && history.names(identity)) {
                findings.keep(findings.state().keptFrom(history, assessor.since(history, findings.state(), at)));
            }
        }
    }
}
