package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.classify.ExpectedResources;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives the alerts that are due from the log and the rules, the slow and obvious way, with decimals and a hand-made
 * unit table. It shares only the specification of the rules with the pipeline. It needs the patients' whole input, and
 * rules that did not change.
 *
 * <p>Within one path, direct or through the re-keyed topic, the order of a patient's readings is known; across the two
 * it is not. So when both have readings, every interleaving is evaluated and each result is accepted.
 *
 * <p>An alert that nothing is heard of ends by the log's time, which a re-keyed record may have moved on. So what would
 * end within a day after an input leaves the result open, and one that is due at the end of the log may have ended.
 */
public final class AlertOracle {

    /** Transitions of one patient from one input; the readings after that are not evaluated. Agreed with senders. */
    private static final int TRANSITIONS = 1_000;

    /** One patient's facts, in order. */
    private record PatientFacts(List<Fact> direct, List<Fact> rekeyed) {

        PatientFacts() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Set<String> analytes() {
            return Stream.concat(direct.stream(), rekeyed.stream())
                    .filter(Fact.Observed.class::isInstance)
                    .flatMap(fact -> ((Fact.Observed) fact).measured().stream())
                    .map(ObservedResult::analyte)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }
    }

    private final List<OracleRule> rules;
    private final Set<String> codes = new HashSet<>();
    private final Map<String, PatientFacts> patients = new HashMap<>();
    /** Patients with an input that may have more transitions than allowed. */
    private final Set<String> crowded = new HashSet<>();

    private long firstInput = Long.MAX_VALUE;
    private long lastInput = Long.MIN_VALUE;
    private long lastRule = Long.MIN_VALUE;

    /** Patient and analyte of each flagged result without a critical limit for its code. */
    private final Set<List<String>> flagged = new HashSet<>();

    private AlertOracle(List<OracleRule> rules) {
        this.rules = rules;
        rules.forEach(rule -> rule.variants().forEach(variant -> codes.addAll(variant.codes())));
    }

    /** How far the lane's log time may be ahead of an input: a re-keyed record waits for the recording lane. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** Reads rules and input. */
    public static ExpectedAlerts expect(TopicSource source, VerifiedTopics topics, Mark from) {
        AlertOracle oracle = new AlertOracle(OracleRule.read(source, topics));
        oracle.read(source, topics, from);
        if (!oracle.flagged.isEmpty()) {
            // All results of these analytes matter, including those read before the first flag.
            oracle.patients.clear();
            oracle.read(source, topics, from);
        }
        return oracle.expected();
    }

    private void read(TopicSource source, VerifiedTopics topics, Mark from) {
        ExpectedResources resources = new ExpectedResources(topics);
        Map<Coordinates, Fact> rekeyed = new HashMap<>();
        source.read(topics.alertRules(), Mark.BEGINNING, record -> lastRule = Math.max(lastRule, record.timestamp()));
        source.read(topics.received(), from, record -> {
            firstInput = Math.min(firstInput, record.timestamp());
            lastInput = Math.max(lastInput, record.timestamp());
            Map<String, Long> transitions = new HashMap<>();
            resources.facts(record).stream().filter(this::matters).forEach(fact -> {
                if (fact.rekeyed()) {
                    rekeyed.put(fact.origin(), fact);
                } else {
                    factsOf(fact).direct().add(fact);
                    transitions.merge(fact.patient(), mostTransitions(fact), Long::sum);
                }
            });
            transitions.forEach((patient, most) -> {
                if (most > TRANSITIONS) {
                    crowded.add(patient);
                }
            });
        });
        source.read(topics.rekeyed(), from, record -> {
            Coordinates origin = new ClinicalHeaders(record.headers()).origin();
            Fact fact = origin == null ? null : rekeyed.get(origin);
            if (fact != null) {
                factsOf(fact).rekeyed().add(fact);
            }
        });
    }

    private PatientFacts factsOf(Fact fact) {
        return patients.computeIfAbsent(fact.patient(), any -> new PatientFacts());
    }

    /** One for each result and rule that may concern it. */
    private long mostTransitions(Fact fact) {
        if (!(fact instanceof Fact.Observed observed)) {
            return 0;
        }
        return observed.measured().stream()
                .mapToLong(measured -> rules.stream()
                        .filter(rule -> rule.isByAnalyte()
                                || rule.variants().stream().anyMatch(variant -> RuleResult.concerns(variant, measured)))
                        .count())
                .sum();
    }

    private boolean matters(Fact fact) {
        if (fact instanceof Fact.Observed observed) {
            boolean matters = false;
            for (ObservedResult measured : observed.measured()) {
                matters |= measured.codes().stream().anyMatch(codes::contains) || isFlagged(observed, measured);
            }
            return matters;
        }
        return true;
    }

    private boolean isFlagged(Fact.Observed observed, ObservedResult measured) {
        if (measured.analyte() == null) {
            return false;
        }
        List<String> key = List.of(observed.patient(), measured.analyte());
        if (rules.stream().anyMatch(rule -> measured.interpretations().stream().anyMatch(rule.flags()::containsKey))) {
            flagged.add(key);
        }
        return flagged.contains(key);
    }

    private ExpectedAlerts expected() {
        ExpectedAlerts expected = new ExpectedAlerts(lastRule > firstInput);
        patients.forEach((patient, facts) -> {
            for (OracleRule rule : rules) {
                if (rule.isByAnalyte()) {
                    facts.analytes()
                            .forEach(analyte -> new RuleEvaluation(patient, rule, analyte).expect(facts, expected));
                } else {
                    new RuleEvaluation(patient, rule, null).expect(facts, expected);
                }
            }
        });
        return expected;
    }

    /** One patient's readings, or those of one analyte, under one rule. */
    private final class RuleEvaluation {

        private final String patient;
        private final OracleRule rule;
        private final @Nullable String analyte;
        private final Set<String> possibleIds = new HashSet<>();
        private boolean certain;

        /** @param analyte null when the rule has one incident per patient */
        RuleEvaluation(String patient, OracleRule rule, @Nullable String analyte) {
            this.patient = patient;
            this.rule = rule;
            this.analyte = analyte;
            this.certain = !crowded.contains(patient);
        }

        void expect(PatientFacts facts, ExpectedAlerts expected) {
            List<UnaryOperator<History>> direct = events(facts.direct());
            List<UnaryOperator<History>> rekeyed = events(facts.rekeyed());
            if (possibleIds.isEmpty()) {
                return;
            }
            Set<History> ends = certain ? Possibilities.of(direct, rekeyed) : null;
            if (ends == null || !certain) {
                expected.anyOf(possibleIds);
            } else {
                Instant end = Instant.ofEpochMilli(lastInput).plus(AHEAD);
                expected.oneOf(ends.stream()
                        .flatMap(history -> Stream.of(history, history.until(end, rule)))
                        .collect(Collectors.toSet()));
            }
        }

        private List<UnaryOperator<History>> events(List<Fact> facts) {
            List<UnaryOperator<History>> events = new ArrayList<>();
            for (Fact fact : facts) {
                if (fact instanceof Fact.Introduced introduced) {
                    events.add(history -> at(introduced, history).after(introduced, rule));
                    certain &= fact.certain();
                } else if (fact instanceof Fact.Observed observed) {
                    observed.measured().forEach(measured -> add(observed, measured, events));
                }
            }
            return events;
        }

        private void add(Fact.Observed observed, ObservedResult measured, List<UnaryOperator<History>> events) {
            boolean concerns = analyte == null
                    ? rule.variants().stream().anyMatch(variant -> RuleResult.concerns(variant, measured))
                    : analyte.equals(measured.analyte());
            if (!concerns) {
                return;
            }
            RuleResult.Look look = analyte == null
                    ? RuleResult.look(observed, measured, rule)
                    : RuleResult.lookAtFlag(observed, measured, rule, rules);
            RuleResult finding = look.finding();
            if (finding != null) {
                certain &= observed.certain();
            }
            certain &= look.certain();
            if (!look.certain() || (finding != null && finding.grade() != null)) {
                possibleIds.add(History.alertId(patient, rule.id(), observed.identity(), analyte));
            }
            if (finding != null) {
                events.add(history -> at(observed, history).after(finding, rule, patient, analyte));
            }
        }

        private History at(Fact fact, History before) {
            History then = before.until(fact.at(), rule);
            certain &= then.equals(then.until(fact.at().plus(AHEAD), rule));
            return then;
        }
    }
}
