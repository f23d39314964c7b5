package io.clinicalstreams.pipeline.domain;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates Observations by rules. A pure function: no clock, no randomness, exact decimals.
 *
 * <p><b>Which rules.</b> Each measurement (the Observation's own, then its components, in order) is evaluated by each
 * rule that listens to one of its codings, system and code both equal, or to all codes, and that it
 * {@linkplain Rule#concerns concerns}; each rule once, first those that listen to some codes, then those that listen to
 * all, in the order of the rule ids. When no measurement concerns a rule: {@code no-rule}, once.
 *
 * <p><b>What is not evaluated.</b> For one measurement and one rule the first of these holds: status entered-in-error or
 * cancelled: {@code withdrawn}. Status registered or unknown: {@code status}. No result: {@code no-value}. The later of
 * clinical time, below, and issued more than 5 minutes after the input's time: {@code future}; more than the rule's
 * max-age before it: {@code stale}. Birth date known and the patient's age in completed years, on the UTC day of the
 * clinical time, outside the rule's band: {@code age}. Then the reasons of the rule's kind. A measurement reports at most
 * one reason: that of its first rule that has one, and {@code age} only when all its rules say so.
 *
 * <p><b>Level.</b> A rule's kind decides which level a reading has, if any, and whether it is clear: {@link Assessment}.
 *
 * <p><b>Clinical time</b> of a reading: effective, else issued, else the input's time. An effective day, month, year or
 * period means its last moment; while the input's time is within it, the input's time; before that its first moment. A
 * reading is <i>late</i> when its clinical time is before the latest one that the episode has seen.
 *
 * <p><b>The patient's episode of the rule, and of the reading's analyte where the rule has an episode for each, is open.</b>
 * The first of these happens:
 *
 * <ol>
 *   <li>level above the episode's severity: {@code escalated}, even when late or in the cool-down;
 *   <li>the episode is preliminary, the reading is the final (or amended, corrected) form of the Observation that opened
 *       it and has a level, and that level is the episode's severity or the reading is late: {@code confirmed};
 *   <li>late: suppressed, {@code out-of-order};
 *   <li>no level and not clear: suppressed, {@code hysteresis};
 *   <li>level below the episode's severity, but for a graver level it is undecided: not evaluated,
 *       {@code comparator-undecided};
 *   <li>clear, or level below the episode's severity, and the reading is preliminary: suppressed, {@code preliminary};
 *   <li>clear: {@code resolved};
 *   <li>level below the episode's severity: {@code lowered};
 *   <li>level as the episode's, input's time at least cool-down after the last notification: {@code repeated};
 *   <li>else suppressed, {@code cool-down}.
 * </ol>
 *
 * Notifications are raised, escalated, lowered, repeated and reopened.
 *
 * <p><b>No such episode is open.</b> A reading without a level does nothing. Else the first of these happens:
 *
 * <ol>
 *   <li>late for the episode of the rule that ended last: suppressed, {@code out-of-order}, and the state stays;
 *   <li>input's time less than cool-down after that end: {@code reopened}, same alert id;
 *   <li>the Observation would give the alert id of an ended episode that is still remembered: that one is
 *       {@code reopened};
 *   <li>the same of one whose episode was forgotten and whose version is still known: a new episode begins, which is
 *       {@code reopened} too and goes on with the versions;
 *   <li>else {@code raised}, version 1; preliminary when the reading is.
 * </ol>
 *
 * Every other transition adds 1 to the version. A suppressed reading of an open episode adds 1 to its {@code suppressed}.
 * A reading that is not late becomes the episode's {@code latest}; one with a level becomes {@code worst} when it is more
 * extreme, and when it escalates and the two cannot be compared. The severity after a transition is the reading's level;
 * confirmed and resolved keep the last. The confirming form of the opening Observation becomes the opening reading and
 * ends the preliminary state, whatever transition it makes.
 *
 * <p><b>Patients.</b> Birth date and sex are those of the last Patient that named them: one without leaves what is known.
 */
public final class Evaluator {

    private final UnitConversion units;

    public Evaluator(UnitConversion units) {
        this.units = units;
    }

    /**
     * @param inputTime when the input arrived first
     * @param coordinates where the input stood first: its identity when it has no other
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
            findings.notEvaluated(NotEvaluated.NO_RULE);
        }
        return findings.evaluation();
    }

    /** What a Patient resource adds to a state; the same state when it says nothing new. */
    public PatientState learn(PatientState state, Patient patient) {
        return state.learn(patient);
    }

    /** @return whether the reading concerns any rule */
    private boolean evaluate(Reading reading, List<Rule> listening, Findings findings) {
        NotEvaluated first = null;
        int concerned = 0;
        int outsideAge = 0;
        List<Rule> assessedBy = new ArrayList<>(listening.size());
        for (Rule rule : listening) {
            if (rule.concerns(findings.state(), reading, assessedBy)) {
                concerned++;
                NotEvaluated reason = evaluate(reading, rule, findings, assessedBy);
                if (reason == NotEvaluated.AGE) {
                    outsideAge++;
                } else if (first == null) {
                    first = reason;
                }
            }
        }
        if (first != null || (concerned > 0 && outsideAge == concerned)) {
            findings.notEvaluated(first == null ? NotEvaluated.AGE : first);
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
