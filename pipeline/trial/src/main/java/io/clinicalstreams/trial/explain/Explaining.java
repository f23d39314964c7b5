package io.clinicalstreams.trial.explain;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.alert.UcumConversion;
import io.clinicalstreams.pipeline.command.AlertLine;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.trial.TrialListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Explains each resource that is asked for, while a trial goes through the input. What one rule made of it is what the
 * lane's own {@link Evaluator} says when that rule is the only one.
 */
final class Explaining implements TrialListener {

    private final BiPredicate<ReadResource, Coordinates> wanted;
    private final RuleBook rules;
    private final @Nullable String alertId;
    private final UcumConversion units = new UcumConversion();
    private final Evaluator evaluator = new Evaluator(units);
    private final List<String> transitions = new ArrayList<>();
    private final List<Explanation> explanations = new ArrayList<>();

    /** @param alertId an alert whose transitions without an input are explained too; null if none is asked for */
    Explaining(BiPredicate<ReadResource, Coordinates> wanted, RuleBook rules, @Nullable String alertId) {
        this.wanted = wanted;
        this.rules = rules;
        this.alertId = alertId;
    }

    /** Whether it is the Observation with this id or identifier. */
    static boolean isObservation(ReadResource resource, String id) {
        Observation observation = observation(resource);
        return observation != null && (id.equals(observation.id()) || id.equals(observation.identifier()));
    }

    List<Explanation> explanations() {
        return explanations;
    }

    @Override
    public boolean wants(ReadResource resource, Coordinates origin) {
        transitions.clear();
        return wanted.test(resource, origin);
    }

    @Override
    public void alert(Record<byte[], AlertRecord> alert) {
        ClinicalHeaders headers = new ClinicalHeaders(alert.headers());
        String transition = "alert " + headers.text(HeaderNames.ALERT_ID) + " version "
                + headers.text(HeaderNames.ALERT_VERSION) + ": " + headers.text(HeaderNames.TRANSITION) + ", "
                + headers.text(HeaderNames.SEVERITY) + ", by " + headers.text(HeaderNames.RULE) + " version "
                + headers.text(HeaderNames.RULE_VERSION);
        transitions.add(transition);
        if (headers.text(HeaderNames.ORIGIN) == null && Objects.equals(headers.text(HeaderNames.ALERT_ID), alertId)) {
            explanations.add(Explanation.ofTime(
                    Instant.ofEpochMilli(alert.timestamp()),
                    new String(alert.key(), StandardCharsets.UTF_8),
                    AlertLine.of(alert.value().detectedIssue()),
                    transition));
        }
    }

    @Override
    public void did(Effect effect) {
        PatientKey patient = effect.patient();
        Observation observation = observation(effect.resource());
        List<Reading> readings = patient == null || observation == null
                ? List.of()
                : Reading.of(
                        patient,
                        observation,
                        ObservationIdentity.of(observation, effect.origin().toString()),
                        effect.received());
        List<String> outcome = new ArrayList<>(transitions);
        effect.counts().forEach((what, reasons) -> reasons.keySet()
                .forEach(reason -> outcome.add(what.label() + ": " + reason)));
        if (effect.resource().finding() instanceof Finding.Rejected refused) {
            outcome.add("rejected: " + refused.reason().name());
        }
        explanations.add(new Explanation(
                effect.origin().toString(),
                effect.received().toString(),
                patient == null ? "" : patient.reference(),
                readings.stream().map(Explaining::measured).toList(),
                judged(readings, effect),
                alerts(state(effect.before())),
                alerts(state(effect.after())),
                outcome));
    }

    private static String measured(Reading reading) {
        return reading.measurement().codings().stream().map(Explaining::code).collect(Collectors.joining(", ")) + " "
                + amount(reading.measurement().amount()) + ", "
                + lower(reading.observation().status()) + ", of " + reading.time();
    }

    private List<String> judged(List<Reading> readings, Effect effect) {
        Set<Rule> listening = new LinkedHashSet<>();
        readings.forEach(reading ->
                listening.addAll(rules.listeningTo(reading.measurement().codings())));
        List<String> judged = new ArrayList<>();
        PatientKey other = state(effect.before()).replacedBy();
        if (other != null && !listening.isEmpty()) {
            return List.of("evaluated for " + other.reference() + ", which replaces this patient");
        }
        for (Rule rule : listening) {
            // A rule for all codes leaves a reading to the limits that could judge it.
            boolean alone = !rule.codes().isEmpty();
            String result = result(rule, readings.get(0), effect, alone ? List.of(rule) : listening, alone);
            if (!result.isEmpty()) {
                judged.add(rule.id() + " version " + rule.version() + ": " + assessed(rule, readings, effect) + result);
            }
        }
        return judged;
    }

    /** What happens if these are the only rules: this rule's transitions, and why there are no others if it is alone. */
    private String result(Rule rule, Reading any, Effect effect, Collection<Rule> only, boolean alone) {
        PatientState stored = state(effect.before());
        PatientState before = evaluator
                .review(stored, any.patient(), effect.received(), rules)
                .state();
        Evaluation evaluation = evaluator.evaluate(
                before,
                any.patient(),
                any.observation(),
                effect.received(),
                effect.origin().toString(),
                RuleBook.of(only));
        List<String> results = new ArrayList<>();
        evaluation.alerts().stream()
                .filter(alert -> rule.equals(alert.rule()))
                .forEach(alert -> results.add(lower(alert.transition()) + " by " + alert.criterion()));
        if (alone) {
            evaluation.suppressed().forEach(reason -> results.add("suppressed, " + reason.label()));
            evaluation
                    .notEvaluated()
                    .forEach(one -> results.add("not evaluated, " + one.reason().label()));
            if (results.isEmpty()) {
                results.add("no finding");
            }
        }
        return String.join("; ", results);
    }

    /** The level of each reading that it listens to, whether or not it counts. */
    private String assessed(Rule rule, List<Reading> readings, Effect effect) {
        StringBuilder text = new StringBuilder();
        for (Reading reading : readings) {
            Assessment assessment = !rule.codes().isEmpty()
                            && Collections.disjoint(
                                    rule.codes(), reading.measurement().codings())
                    ? null
                    : rule.evaluate(state(effect.before()), reading, units).assessment();
            if (assessment != null) {
                text.append(amount(reading.measurement().amount()))
                        .append(" is ")
                        .append(level(assessment))
                        .append(conversion(rule, reading))
                        .append(": ");
            }
        }
        return text.toString();
    }

    private static String level(Assessment assessment) {
        String level = assessment.met() != null
                ? lower(assessment.met())
                : assessment.cleared() ? "clear" : "neither at a level nor clear";
        return level + " (" + assessment.criterion() + ')';
    }

    /** From the reported unit to the limit's; empty if the rule has no limits. */
    private String conversion(Rule rule, Reading reading) {
        Amount amount = reading.measurement().amount();
        if (amount == null || !(rule instanceof CriticalLimit limit)) {
            return "";
        }
        Unit unit = amount.unit().withoutMu();
        return limit.variants().stream()
                .filter(variant -> !Collections.disjoint(
                        variant.codes(), reading.measurement().codings()))
                .map(variant -> variant.sameUnits().contains(unit.text())
                                || variant.unit().equals(unit.text())
                        ? ", same unit"
                        : units.between(unit, variant.unit())
                                .map(factor -> ", converted to " + variant.unit() + " by " + factor.numerator() + '/'
                                        + factor.denominator())
                                .orElse(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<String> alerts(PatientState state) {
        return state.episodes().stream().map(Explaining::alert).toList();
    }

    private static String alert(Episode episode) {
        return "alert " + episode.alertId() + " version " + episode.version() + " of " + episode.ruleId() + ": "
                + lower(episode.transition()) + ", " + lower(episode.severity())
                + (episode.endedAt() == null ? ", open" : ", ended " + episode.endedAt()) + ", latest reading "
                + amount(episode.latest().amount()) + " of " + episode.latest().time() + ", "
                + episode.suppressed() + " suppressed";
    }

    private static @Nullable Observation observation(ReadResource resource) {
        return resource.finding() instanceof Finding.Routed routed ? routed.observation() : null;
    }

    private static PatientState state(byte @Nullable [] stored) {
        return stored == null ? PatientState.EMPTY : PatientStateCodec.decode(stored);
    }

    private static String code(Coding coding) {
        return Objects.toString(coding.system(), "") + '|' + Objects.toString(coding.code(), "");
    }

    private static String amount(@Nullable Amount amount) {
        return amount == null
                ? "without a number"
                : amount.value().bound().symbol() + amount.value().value() + " "
                        + amount.unit().text();
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
