package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Evaluates the readings of one patient in order; keeps the state and the time. */
public final class EvaluatedPatient {

    private final Evaluator evaluator;
    private RuleBook rules;
    private PatientState state = PatientState.EMPTY;
    private Instant now = Cases.NOON;

    public EvaluatedPatient(UnitConversion units, Rule... rules) {
        evaluator = new Evaluator(units);
        this.rules = RuleBook.of(List.of(rules));
    }

    static int digest(Rule... rules) {
        return RuleBook.of(List.of(rules)).digest();
    }

    static EvaluatedPatient watching(Rule... rules) {
        return new EvaluatedPatient(Cases.UNITS, rules);
    }

    public Evaluation reads(ObservationCase observation) {
        return keep(evaluator.evaluate(state, Cases.ANNA, observation.build(now), now, "received/0/7", rules));
    }

    public EvaluatedPatient after(Duration time) {
        now = now.plus(time);
        return this;
    }

    EvaluatedPatient learns(Patient patient) {
        told(patient);
        return this;
    }

    /** The result of a Patient resource. */
    Evaluation told(Patient patient) {
        return keep(evaluator.learn(state, Cases.ANNA, patient, now, rules));
    }

    /** The result of a version of an Encounter. */
    Evaluation stays(String encounter, long version, boolean present) {
        return keep(evaluator.admit(
                state,
                Cases.ANNA,
                new Encounter(encounter, true, present, version, null, false),
                Hop.ONWARD,
                now,
                rules));
    }

    /** When the next silence is due. */
    @Nullable
    Instant nextSilence() {
        return evaluator.nextSilence(state, rules);
    }

    /** Looks at the patient without an input. */
    public Evaluation reviewed() {
        return keep(evaluator.review(state, Cases.ANNA, now, rules));
    }

    public EvaluatedPatient watchedBy(Rule... changed) {
        rules = RuleBook.of(List.of(changed));
        return this;
    }

    private Evaluation keep(Evaluation evaluation) {
        state = evaluation.state();
        return evaluation;
    }

    /** Forgets ended episodes. */
    EvaluatedPatient forgets() {
        state = state.forgetEnded(now).state();
        return this;
    }

    public PatientState state() {
        return state;
    }

    public Instant now() {
        return now;
    }

    Episode episode() {
        return state.episodes().get(0);
    }

    /** The result of an evaluation as text: {@code raised high 1}, {@code suppressed cool-down}, {@code not stale}. */
    static List<String> told(Evaluation evaluation) {
        return Stream.of(
                        evaluation.alerts().stream()
                                .map(alert -> alert.transition() + " " + alert.severity() + " " + alert.version()),
                        evaluation.suppressed().stream().map(reason -> "suppressed " + reason.label()),
                        evaluation.notEvaluated().stream()
                                .map(reason -> "not " + reason.reason().label()))
                .flatMap(each -> each)
                .toList();
    }
}
