package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.Judgement;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the rules about one reading, as {@link Evaluator} describes it. */
record Assessor(RuleBook rules, UnitConversion units) {

    /** One rule's answer: an assessment, or why there is none. */
    record Answer(
            Rule rule,
            @Nullable Assessment assessment,
            @Nullable NotEvaluated reason) {}

    /**
     * The answers to one reading.
     *
     * @param all of the rules that apply to it, in order
     * @param isKept whether a correction or a later reading of the analyte can need it
     */
    record Answers(List<Answer> all, boolean isKept) {}

    Answers answers(Reading reading, PatientState state) {
        List<Rule> listening = rules.listeningTo(reading.measurement().codings());
        List<Answer> answers = new ArrayList<>(listening.size());
        List<Rule> assessedBy = new ArrayList<>(listening.size());
        boolean kept = false;
        for (Rule rule : listening) {
            boolean open = !state.episodes().isEmpty() && state.open(rule.id(), rule.analyte(reading)) != null;
            if (rule.concerns(open, reading, assessedBy)) {
                Answer answer = answer(rule, reading, state);
                answers.add(answer);
                if (answer.assessment() != null) {
                    assessedBy.add(rule);
                }
                kept |= answer.assessment() != null
                        || (answer.reason() == NotEvaluated.AGE
                                && rule.evaluate(state, reading, units).assessment() != null);
            } else {
                kept |= isAnswerOfTheLaboratory(rule, reading) && refused(reading, rule, state) == null;
            }
        }
        return new Answers(answers, kept);
    }

    /** A result with an interpretation answers an older one that the laboratory flagged. */
    private static boolean isAnswerOfTheLaboratory(Rule rule, Reading reading) {
        return !reading.measurement().interpretations().isEmpty() && rule.analyte(reading) != null;
    }

    private Answer answer(Rule rule, Reading reading, PatientState state) {
        NotEvaluated refused = refused(reading, rule, state);
        if (refused != null) {
            return new Answer(rule, null, refused);
        }
        Judgement judgement = rule.evaluate(state, reading, units);
        return new Answer(rule, judgement.assessment(), judgement.reason());
    }

    /**
     * One rule's assessment of a kept reading; null if the rule does not apply or cannot assess it.
     *
     * @param open whether an episode was open before it
     */
    @Nullable
    Assessment assessment(Rule rule, Reading reading, PatientState state, boolean open) {
        List<Rule> assessedBy = rule.isByAnalyte() ? assessedBefore(reading, state) : List.of();
        return rule.concerns(open, reading, assessedBy)
                ? answer(rule, reading, state).assessment()
                : null;
    }

    private List<Rule> assessedBefore(Reading reading, PatientState state) {
        List<Rule> assessedBy = new ArrayList<>();
        for (Rule other : rules.listeningTo(reading.measurement().codings())) {
            if (!other.isByAnalyte() && answer(other, reading, state).assessment() != null) {
                assessedBy.add(other);
            }
        }
        return assessedBy;
    }

    private static @Nullable NotEvaluated refused(Reading reading, Rule rule, PatientState state) {
        NotEvaluated status = reading.refusedStatus();
        if (status != null) {
            return status;
        }
        if (reading.measurement().isModified()) {
            return NotEvaluated.MODIFIER_EXTENSION;
        }
        if (!reading.measurement().isResult()) {
            return NotEvaluated.NO_VALUE;
        }
        if (reading.isTimeUnknown()) {
            return NotEvaluated.TIME_UNKNOWN;
        }
        if (reading.isFuture() || reading.isStale(rule.maxAge())) {
            return reading.isFuture() ? NotEvaluated.FUTURE : NotEvaluated.STALE;
        }
        boolean ofAge = state.birthDate() == null || rule.age().includes(state.birthDate(), reading.day());
        return ofAge ? null : NotEvaluated.AGE;
    }

    /** Since when the readings of an analyte can change an alert. */
    Instant since(AnalyteHistory history, PatientState state, Instant at) {
        Duration longest = Duration.ZERO;
        for (Rule rule : rules.listeningTo(history.codings())) {
            longest = rule.maxAge().compareTo(longest) > 0 ? rule.maxAge() : longest;
        }
        Instant since = at.minus(longest);
        for (Episode episode : state.episodes()) {
            Rule rule = rules.rule(episode.ruleId());
            Instant opening = episode.opening().time().minus(Reading.AHEAD);
            if (rule != null && opening.isBefore(since) && rule.isAbout(history.codings(), episode.analyte())) {
                since = opening;
            }
        }
        return since;
    }
}
