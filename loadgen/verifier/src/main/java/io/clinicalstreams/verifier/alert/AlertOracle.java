package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.classify.ExpectedResources;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.Origins;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Tells which alerts are due from the log and the rules, the slow and obvious way, with decimals and a unit table made
 * by hand. It shares nothing with the pipeline but the description of the rules' meaning. It has to see everything that
 * was ever told of the patients, and rules that did not change.
 *
 * <p>Within one path, straight or by way of the re-keyed topic, the order of a patient's readings is known; across the
 * two it is not. So where both matter every interleaving is played through, and any of the ends will do.
 */
public final class AlertOracle {

    /** What was told of one patient, in order. */
    private record Told(List<Fact> straight, List<Fact> detoured) {

        Told() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final List<OracleRule> rules;
    private final Set<String> codes = new HashSet<>();
    private final Map<String, Told> patients = new HashMap<>();

    private AlertOracle(List<OracleRule> rules) {
        this.rules = rules;
        rules.forEach(rule -> rule.variants().forEach(variant -> codes.addAll(variant.codes())));
    }

    /** Reads rules and input. */
    public static ExpectedAlerts expect(TopicSource source, VerifiedTopics topics, Mark from) {
        AlertOracle oracle = new AlertOracle(OracleRule.read(source, topics));
        oracle.listen(source, topics, from);
        return oracle.expected();
    }

    private void listen(TopicSource source, VerifiedTopics topics, Mark from) {
        ExpectedResources resources = new ExpectedResources(topics, Set.of());
        Map<Coordinates, Fact> detoured = new HashMap<>();
        source.read(topics.received(), from, record -> resources.facts(record).stream()
                .filter(this::matters)
                .forEach(fact -> {
                    if (fact.rekeyed()) {
                        detoured.put(fact.origin(), fact);
                    } else {
                        told(fact).straight().add(fact);
                    }
                }));
        source.read(topics.rekeyed(), from, record -> {
            Coordinates origin = Origins.of(record);
            Fact fact = origin == null ? null : detoured.get(origin);
            if (fact != null) {
                told(fact).detoured().add(fact);
            }
        });
    }

    private Told told(Fact fact) {
        return patients.computeIfAbsent(fact.patient(), any -> new Told());
    }

    private boolean matters(Fact fact) {
        if (fact instanceof Fact.Observed observed) {
            return observed.measured().stream()
                    .anyMatch(measured -> measured.codes().stream().anyMatch(codes::contains));
        }
        return true;
    }

    private ExpectedAlerts expected() {
        ExpectedAlerts expected = new ExpectedAlerts();
        patients.forEach((patient, told) -> {
            for (OracleRule rule : rules) {
                new UnderRule(patient, rule).expect(told, expected);
            }
        });
        return expected;
    }

    /** One patient's readings as one rule sees them. */
    private static final class UnderRule {

        private final String patient;
        private final OracleRule rule;
        private final Set<String> possibleIds = new HashSet<>();
        private boolean certain = true;

        UnderRule(String patient, OracleRule rule) {
            this.patient = patient;
            this.rule = rule;
        }

        void expect(Told told, ExpectedAlerts expected) {
            List<UnaryOperator<History>> straight = events(told.straight());
            List<UnaryOperator<History>> detoured = events(told.detoured());
            if (possibleIds.isEmpty()) {
                return;
            }
            Set<History> ends = certain ? Possibilities.of(straight, detoured) : null;
            if (ends == null) {
                expected.anyOf(possibleIds);
            } else {
                expected.oneOf(ends);
            }
        }

        private List<UnaryOperator<History>> events(List<Fact> facts) {
            List<UnaryOperator<History>> events = new ArrayList<>();
            for (Fact fact : facts) {
                if (fact instanceof Fact.Introduced introduced) {
                    events.add(history -> history.after(introduced));
                    certain &= fact.certain();
                } else if (fact instanceof Fact.Observed observed) {
                    observed.measured().forEach(measured -> add(observed, measured, events));
                }
            }
            return events;
        }

        private void add(Fact.Observed observed, ObservedResult measured, List<UnaryOperator<History>> events) {
            if (rule.variants().stream().noneMatch(variant -> RuleResult.concerns(variant, measured))) {
                return;
            }
            RuleResult.Look look = RuleResult.look(observed, measured, rule);
            RuleResult finding = look.finding();
            if (finding != null) {
                certain &= observed.certain();
            }
            certain &= look.certain();
            if (!look.certain() || (finding != null && finding.grade() != null)) {
                possibleIds.add(History.alertId(patient, rule.id(), observed.identity()));
            }
            if (finding != null) {
                events.add(history -> history.after(finding, rule, patient));
            }
        }
    }
}
