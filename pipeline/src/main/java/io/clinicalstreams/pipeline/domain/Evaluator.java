package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.Judgement;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates Observations against the rules. A pure function: no clock, no randomness, exact decimals.
 *
 * <p><b>Which rules.</b> Each measurement (the Observation's own, then its components, in order) is evaluated once by
 * each rule that listens to one of its codings, with equal system and code, or to all codes, and that it
 * {@linkplain Rule#concerns concerns}. Rules for some codes come first, then rules for all codes, each in order of rule
 * id. If no measurement concerns a rule: {@code no-rule}, once.
 *
 * <p><b>What is not evaluated.</b> For one measurement and one rule, the first of these applies. Status
 * entered-in-error or cancelled: {@code withdrawn}. Status registered or unknown: {@code status}. A modifierExtension
 * of the Observation or the component: {@code modifier-extension}. No result: {@code no-value}. The later of clinical
 * time (below) and issued is more than 5 minutes after the input time: {@code future}; more than the rule's max-age
 * before it: {@code stale}. Birth date known, and the patient's age in completed years on the UTC day of the clinical
 * time is outside the rule's band: {@code age}. Then the reasons of the rule's kind. A measurement reports at most one
 * reason: that of its first rule that has one, and {@code age} only if all its rules report it.
 *
 * <p><b>Level.</b> The rule's kind determines the level of a reading, if any, and whether it is clear:
 * {@link Assessment}.
 *
 * <p><b>Clinical time</b> of a reading: effective, else issued, else the input time. An effective day, month, year or
 * period means its end if it is over at the input time, the input time while it lasts, and its start before it begins.
 * A reading is <i>late</i> if its clinical time is before the latest one in the episode.
 *
 * <p><b>The patient has an open episode of the rule</b> (and of the reading's analyte, if the rule has an episode for
 * each). The first of these applies:
 *
 * <ol>
 *   <li>level above the episode's severity: {@code escalated}, even when late or in the cool-down; {@code recurred}, if
 *       this level or a higher one was paged less than a cool-down ago;
 *   <li>the episode is preliminary, the reading is the final (or amended, corrected) form of the Observation that
 *       opened it and has a level, and the level equals the episode's severity or the reading is late:
 *       {@code confirmed};
 *   <li>late: suppressed, {@code out-of-order};
 *   <li>no level and not clear: suppressed, {@code hysteresis};
 *   <li>level below the episode's severity, but a more severe level is undecided: not evaluated,
 *       {@code comparator-undecided};
 *   <li>clear, or level below the episode's severity, and the reading is preliminary: suppressed, {@code preliminary};
 *   <li>clear: {@code resolved};
 *   <li>level below the episode's severity: {@code lowered};
 *   <li>level equal to the episode's severity, input time at least the cool-down after the last page: {@code repeated};
 *   <li>else suppressed, {@code cool-down}.
 * </ol>
 *
 * <p><b>Pages</b> are raised, reopened, repeated and escalated; the other transitions are updates. So a value that
 * alternates around a limit pages once in a cool-down, and once more for each higher level that it reaches. Between
 * pages the alert still says what is true: it is {@code resolved}, {@code lowered} and {@code recurred}.
 *
 * <p><b>No such episode is open.</b> A reading without a level changes nothing. Else the first of these applies:
 *
 * <ol>
 *   <li>late for the rule's most recently ended episode: suppressed, {@code out-of-order}, and the state is unchanged.
 *       If the reading that ended it was ahead of its input, by up to 5 minutes, only a reading from before those 5
 *       minutes is late: a wrong clock must not silence a later reading;
 *   <li>input time less than the cool-down after that end: {@code reopened}, same alert id; {@code recurred}, if this
 *       level or a higher one was paged less than a cool-down ago;
 *   <li>the Observation gives the alert id of an ended episode that is still remembered: that one is {@code reopened};
 *   <li>it gives the id of a forgotten episode whose version is still known: a new episode begins, also
 *       {@code reopened}, and continues the version numbers;
 *   <li>else {@code raised}, version 1; preliminary if the reading is.
 * </ol>
 *
 * Every other transition adds 1 to the version. A suppressed reading of an open episode adds 1 to its
 * {@code suppressed}. A reading that is not late becomes the episode's {@code latest}; one with a level becomes
 * {@code worst} if it is more extreme, or if it escalates and the two cannot be compared. The severity after a
 * transition is the reading's level; confirmed and resolved keep the previous one. The confirming form of the opening
 * Observation becomes the opening reading and ends the preliminary state, whatever its transition.
 *
 * <p><b>Ended without a reading.</b> An open episode also ends, with a reason, when no reading can be expected to end it:
 * its rule was removed ({@code rule-removed}), or changed between one episode for all analytes and one for each
 * ({@code rule-changed}); the rule does not apply at the patient's age, by a birth date that came later ({@code age});
 * or {@linkplain Rule#endOf nothing was measured for long} by the log's time ({@code not-measured}; {@code age} if the
 * patient has outgrown the rule by then). A later reading that meets a level pages as after any other end.
 *
 * <p><b>Patients.</b> Birth date and sex come from the last Patient that had them: a Patient without them does not
 * erase them.
 */
public record Evaluator(UnitConversion units) {

    /**
     * @param inputTime when the input first arrived
     * @param coordinates where the input was first read: its identity if it has no other
     */
    public Evaluation evaluate(
            PatientState state,
            PatientKey patient,
            Observation observation,
            Instant inputTime,
            String coordinates,
            RuleBook rules) {
        Findings findings = new Findings(state);
        boolean known = false;
        for (Reading reading : Reading.of(patient, observation, inputTime, coordinates)) {
            known |= evaluate(reading, rules.listeningTo(reading.measurement().codings()), findings);
        }
        if (!known) {
            findings.notEvaluated(
                    Unevaluated.withoutRule(observation.measurements().get(0).codings()));
        }
        return findings.evaluation();
    }

    /** Adds a Patient resource's data to a state, and ends episodes of rules that turn out not to apply. */
    public Evaluation learn(PatientState state, PatientKey key, Patient patient, Instant inputTime, RuleBook rules) {
        return review(state.learn(patient), key, inputTime, rules);
    }

    /**
     * Ends open episodes that no reading can be expected to end. Call before each evaluation: what is due by then must
     * not depend on when idle patients are looked at.
     *
     * @param now the log's time
     */
    public Evaluation review(PatientState state, PatientKey patient, Instant now, RuleBook rules) {
        Findings findings = new Findings(state);
        List<Ending> endings = new ArrayList<>(0);
        for (Episode episode : state.episodes()) {
            Ending ending = episode.isOpen() ? Ending.of(episode, state.birthDate(), rules, now) : null;
            if (ending != null) {
                endings.add(ending);
            }
        }
        endings.sort(Comparator.comparing(Ending::at));
        endings.forEach(ending -> findings.alert(ending.alert(patient)));
        return findings.evaluation();
    }

    /** @return whether any rule applies to the reading */
    private boolean evaluate(Reading reading, List<Rule> listening, Findings findings) {
        Unevaluated first = null;
        Unevaluated byAge = null;
        int concerned = 0;
        int outsideAge = 0;
        List<Rule> assessedBy = new ArrayList<>(listening.size());
        for (Rule rule : listening) {
            if (rule.concerns(findings.state(), reading, assessedBy)) {
                concerned++;
                NotEvaluated reason = evaluate(reading, rule, findings, assessedBy);
                if (reason == NotEvaluated.AGE) {
                    outsideAge++;
                    byAge = Unevaluated.by(reason, rule.id());
                } else if (reason != null && first == null) {
                    first = Unevaluated.by(reason, rule.id());
                }
            }
        }
        Unevaluated unevaluated = first == null && outsideAge == concerned ? byAge : first;
        if (unevaluated != null) {
            findings.notEvaluated(unevaluated);
        }
        return concerned > 0;
    }

    /** @return null when the rule could be evaluated */
    private @Nullable NotEvaluated evaluate(Reading reading, Rule rule, Findings findings, List<Rule> assessedBy) {
        NotEvaluated refused = refused(reading, rule, findings.state());
        if (refused != null) {
            return refused;
        }
        Judgement judgement = rule.evaluate(findings.state(), reading, units);
        findings.keep(judgement.state());
        if (judgement.assessment() == null) {
            return judgement.reason();
        }
        assessedBy.add(rule);
        return new Course(rule, reading, judgement.assessment()).follow(findings);
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
        if (reading.isFuture() || reading.isStale(rule.maxAge())) {
            return reading.isFuture() ? NotEvaluated.FUTURE : NotEvaluated.STALE;
        }
        boolean ofAge = state.birthDate() == null || rule.age().includes(state.birthDate(), reading.day());
        return ofAge ? null : NotEvaluated.AGE;
    }
}
