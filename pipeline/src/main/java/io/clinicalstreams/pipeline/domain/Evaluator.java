package io.clinicalstreams.pipeline.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates Observations by critical limits. A pure function: no clock, no randomness, exact decimals.
 *
 * <p><b>Which rules.</b> Each measurement (the Observation's own, then its components, in order) is evaluated by each
 * rule that has a variant with one of its codings, system and code both equal; each rule once, in the order of the rule
 * ids. When no measurement finds a rule: {@code no-rule}, once.
 *
 * <p><b>What is not evaluated.</b> For one measurement and one rule the first of these holds: status entered-in-error or
 * cancelled: {@code withdrawn}. Status registered or unknown: {@code status}. No number: {@code no-value}. The later of
 * clinical time, below, and issued more than 5 minutes after the input's time: {@code future}; more than the rule's
 * max-age before it: {@code stale}. Birth date known and the patient's age in completed years, on the UTC day of the
 * clinical time, outside the rule's band: {@code age}. Then unit and comparator, below. A measurement reports at most one
 * reason: that of its first rule that has one, and {@code age} only when all its rules say so.
 *
 * <p><b>Unit.</b> The code when its system is UCUM; else the unit text; neither: {@code unit-missing}. Of the variants
 * that share a coding with the measurement, the first holds whose unit, or one of whose same-units, is that text
 * exactly, or into whose unit it converts by UCUM; none: {@code unit-not-convertible}.
 *
 * <p><b>Level.</b> A value with comparator is an interval. The reading's level is the gravest one that every number in
 * the interval meets. When it has none, and not every number meets the clear limit, and for some level or the clear
 * limit some numbers meet it and some do not: {@code comparator-undecided}.
 *
 * <p><b>Clinical time</b> of a reading: effective, else issued, else the input's time. An effective day, month, year or
 * period means its last moment; while the input's time is within it, the input's time; before that its first moment. A
 * reading is <i>late</i> when its clinical time is before the latest one that the episode has seen.
 *
 * <p><b>The patient's episode of the rule is open.</b> The first of these happens:
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
 * <p><b>No episode of the rule is open.</b> A reading without a level does nothing. Else the first of these happens:
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

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final List<NotEvaluated> NO_RULE = List.of(NotEvaluated.NO_RULE);

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
        Findings findings = null;
        Reading reading = null;
        for (Measurement measurement : observation.measurements()) {
            List<RuleBook.Concern> concerns = rules.concerning(measurement.codings());
            if (concerns.isEmpty()) {
                continue;
            }
            if (findings == null || reading == null) {
                findings = new Findings(state);
                reading = Reading.of(patient, observation, inputTime, coordinates);
            }
            evaluate(measurement, concerns, reading, findings);
        }
        return findings == null ? new Evaluation(state, List.of(), NO_RULE, List.of()) : findings.evaluation();
    }

    /** What a Patient resource adds to a state; the same state when it says nothing new. */
    public PatientState learn(PatientState state, Patient patient) {
        return state.learn(patient);
    }

    private void evaluate(
            Measurement measurement, List<RuleBook.Concern> concerns, Reading reading, Findings findings) {
        NotEvaluated first = null;
        int outsideAge = 0;
        for (RuleBook.Concern concern : concerns) {
            NotEvaluated reason = evaluate(measurement, concern, reading, findings);
            if (reason == NotEvaluated.AGE) {
                outsideAge++;
            } else if (first == null) {
                first = reason;
            }
        }
        if (first != null || outsideAge == concerns.size()) {
            findings.notEvaluated(first == null ? NotEvaluated.AGE : first);
        }
    }

    /** @return null when the rule could be evaluated */
    private @Nullable NotEvaluated evaluate(
            Measurement measurement, RuleBook.Concern concern, Reading reading, Findings findings) {
        CriticalLimit rule = concern.rule();
        Quantity quantity = measurement.quantity();
        NotEvaluated refused = reading.refusedStatus();
        if (refused != null) {
            return refused;
        }
        if (quantity == null || quantity.value() == null) {
            return NotEvaluated.NO_VALUE;
        }
        if (reading.isFuture() || reading.isStale(rule.maxAge())) {
            return reading.isFuture() ? NotEvaluated.FUTURE : NotEvaluated.STALE;
        }
        if (!isOfAge(rule.age(), findings.state(), reading)) {
            return NotEvaluated.AGE;
        }
        Unit unit = unitOf(quantity);
        if (unit == null) {
            return NotEvaluated.UNIT_MISSING;
        }
        for (Variant variant : concern.variants()) {
            Conversion conversion = conversion(unit, variant);
            if (conversion != null) {
                Interval value = Interval.of(quantity.comparator(), quantity.value());
                Assessment assessment = Assessment.of(variant, value, unit, conversion);
                return assessment == null
                        ? NotEvaluated.COMPARATOR_UNDECIDED
                        : new Course(rule, reading, assessment, units).follow(findings);
            }
        }
        return NotEvaluated.UNIT_NOT_CONVERTIBLE;
    }

    private static boolean isOfAge(AgeBand band, PatientState state, Reading reading) {
        return state.birthDate() == null || band.includes(state.birthDate(), reading.day());
    }

    private static @Nullable Unit unitOf(Quantity quantity) {
        if (quantity.code() != null && UCUM.equals(quantity.system())) {
            return new Unit(quantity.code(), true);
        }
        return quantity.unit() == null ? null : new Unit(quantity.unit(), false);
    }

    private @Nullable Conversion conversion(Unit unit, Variant variant) {
        return variant.isInOwnUnit(unit)
                ? Conversion.IDENTITY
                : units.between(unit, variant.unit()).orElse(null);
    }
}
