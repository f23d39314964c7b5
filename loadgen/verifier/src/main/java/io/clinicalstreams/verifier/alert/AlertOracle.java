package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.ExpectedResources;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
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
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Derives the alerts that are due from the log and the rules, the slow and obvious way, with decimals and a hand-made
 * unit table. It shares only the specification of the rules with the pipeline. It needs the patients' whole input, and
 * rules that did not change.
 *
 * <p>Within one path, direct or through the re-keyed topic, the order of a patient's readings is known; across the two
 * it is not. So when both have readings, every interleaving is evaluated and each result is accepted.
 *
 * <p>What is corrected, withdrawn or late is judged with all readings that are kept. If it can make a difference which
 * ones were forgotten by then, each result is accepted.
 *
 * <p>An alert that nothing is heard of ends by the log's time, which a re-keyed record may have moved on. So what would
 * end within a day after an input leaves the result open, and one that is due at the end of the log may have ended.
 */
public final class AlertOracle implements InputListener {

    /** How far the lane's log time may be ahead of an input: a re-keyed record waits for the recording lane. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final VerifiedTopics topics;
    private final Duplicates duplicates;
    private final List<OracleRule> rules;
    private final Set<String> codes = new HashSet<>();
    private final Map<String, PatientFacts> patients = new HashMap<>();

    /** Facts of the received topic that are to come again in the re-keyed topic. */
    private final Map<Coordinates, Fact> underWay = new HashMap<>();

    private long firstInput = Long.MAX_VALUE;
    private long lastInput = Long.MIN_VALUE;
    private long lastRule = Long.MIN_VALUE;

    /** Patient and analyte of each flagged result without a critical limit for its code. */
    private final Set<List<String>> flagged = new HashSet<>();

    /** Patient and identity of each Observation of which a version matters: others may have other codes. */
    private final Set<List<String>> versions = new HashSet<>();

    /** Whether a result that did not matter when it came is kept: a later version may matter. */
    private boolean passedOver;

    private AlertOracle(TopicSource source, VerifiedTopics topics, Duplicates duplicates) {
        this.duplicates = duplicates;
        this.topics = topics;
        this.rules = OracleRule.read(source, topics);
        rules.forEach(rule -> rule.variants().forEach(variant -> codes.addAll(variant.codes())));
    }

    /** Reads the rules; the input comes next. */
    public static AlertOracle of(TopicSource source, VerifiedTopics topics, Duplicates duplicates) {
        AlertOracle oracle = new AlertOracle(source, topics, duplicates);
        source.read(
                topics.alertRules(),
                Mark.BEGINNING,
                record -> oracle.lastRule = Math.max(oracle.lastRule, record.timestamp()));
        return oracle;
    }

    /** Reads rules and input. */
    public static ExpectedAlerts expect(TopicSource source, VerifiedTopics topics, Mark from) {
        Duplicates duplicates = new Duplicates();
        AlertOracle oracle = of(source, topics, duplicates);
        Mark unused = new ExpectedResources(topics).read(source, from, List.of(duplicates, oracle));
        if (oracle.needsInputAgain()) {
            Mark unusedToo = new ExpectedResources(topics).read(source, from, List.of(oracle));
        }
        return oracle.expected();
    }

    /**
     * Whether the input, which was read once, must be read again: all results of flagged analytes matter, including those
     * read before the first flag, and all versions.
     */
    public boolean needsInputAgain() {
        boolean isIncomplete = !flagged.isEmpty() || passedOver;
        if (isIncomplete) {
            patients.clear();
        }
        return isIncomplete;
    }

    @Override
    public void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> facts) {
        firstInput = Math.min(firstInput, record.timestamp());
        lastInput = Math.max(lastInput, record.timestamp());
        facts.stream().filter(Fact.Observed.class::isInstance).forEach(fact -> factsOf(fact.patient())
                .keeping((Fact.Observed) fact));
        boolean isReceived = record.topic().equals(topics.received().fullName());
        Map<String, List<Fact>> here = new HashMap<>();
        facts.stream().filter(this::matters).forEach(fact -> {
            if (fact.rekeyed()) {
                underWay.put(fact.origin(), fact);
            } else {
                here.computeIfAbsent(fact.patient(), any -> new ArrayList<>()).add(fact);
            }
        });
        here.forEach((patient, theirs) -> {
            if (isReceived) {
                factsOf(patient).direct(theirs, rules);
            } else {
                factsOf(patient).rekeyed(theirs, rules);
            }
        });
    }

    @Override
    public void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin) {
        Fact fact = underWay.get(origin);
        if (fact != null) {
            factsOf(fact.patient()).rekeyed(List.of(fact), rules);
        }
    }

    private PatientFacts factsOf(String patient) {
        return patients.computeIfAbsent(patient, any -> new PatientFacts());
    }

    private boolean matters(Fact fact) {
        if (fact instanceof Fact.Linked) {
            return false;
        }
        if (fact instanceof Fact.Observed observed) {
            List<String> one = List.of(observed.patient(), observed.identity());
            boolean matters = isLaterVersion(observed) || versions.contains(one);
            for (ObservedResult measured : observed.measured()) {
                matters |= measured.codes().stream().anyMatch(codes::contains) || isFlagged(observed, measured);
            }
            if (matters) {
                versions.add(one);
            }
            passedOver |= !matters
                    && observed.measured().stream()
                            .anyMatch(measured -> !measured.interpretations().isEmpty());
            return matters;
        }
        return fact instanceof Fact.Introduced;
    }

    /** By its status: it may withdraw or replace what came before, whatever its codes are. */
    private static boolean isLaterVersion(Fact.Observed observed) {
        return observed.isWithdrawn()
                || observed.status().equals("amended")
                || observed.status().equals("corrected");
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

    /** What is due after the input, which has been read. */
    public ExpectedAlerts expected() {
        ExpectedAlerts expected = new ExpectedAlerts(lastRule > firstInput);
        patients.values().removeIf(PatientFacts::isEmpty);
        patients.keySet().stream()
                .filter(patient -> !duplicates.isAlone(patient))
                .map(duplicates::of)
                .distinct()
                .forEach(together -> tolerate(together, expected));
        patients.forEach((patient, facts) -> {
            if (!duplicates.isAlone(patient)) {
                return;
            }
            List<RuleEvaluation> evaluations = evaluations(patient, facts);
            evaluations.forEach(RuleEvaluation::judge);
            int incidents =
                    evaluations.stream().mapToInt(RuleEvaluation::incidents).sum();
            boolean isCertain = facts.isWithinLimits(evaluations.size(), incidents);
            evaluations.forEach(evaluation -> evaluation.expect(isCertain, expected));
        });
        return expected;
    }

    /**
     * Of a patient with several keys, the alerts of each key may begin with a reading of any. Also of a key without any
     * input of its own: alerts go on under it.
     */
    private void tolerate(Set<String> together, ExpectedAlerts expected) {
        List<RuleEvaluation> all = together.stream()
                .filter(patients::containsKey)
                .flatMap(key -> evaluations(key, factsOf(key)).stream())
                .toList();
        together.forEach(key -> expected.anyOf(
                all.stream().flatMap(each -> each.possibleIds(key)).collect(Collectors.toSet())));
    }

    /** Those that can have an alert. */
    private List<RuleEvaluation> evaluations(String patient, PatientFacts facts) {
        Set<String> crowded = facts.crowded();
        boolean forgets = facts.forgetsVersions();
        return rules.stream()
                .flatMap(rule -> rule.isByAnalyte()
                        ? facts.analytes().stream()
                                .map(analyte ->
                                        new Watch(patient, rule, analyte, rules, crowded, forgets, new HashMap<>()))
                        : Stream.of(new Watch(patient, rule, null, rules, crowded, forgets, new HashMap<>())))
                .map(watch -> new RuleEvaluation(watch, facts))
                .filter(evaluation -> !evaluation.openings.isEmpty())
                .toList();
    }

    /** One patient's readings, or those of one analyte, under one rule. */
    private final class RuleEvaluation {

        private final Watch watch;
        private final PatientFacts facts;

        /** Observations with a version that is about this. */
        private final Set<String> watched = new HashSet<>();

        /** Those of which a reading may begin an alert. */
        private final Set<String> openings = new HashSet<>();

        private final Set<String> identities = new HashSet<>();
        private boolean certain = true;

        /** Null when it is uncertain. */
        private @Nullable Set<History> ends;

        RuleEvaluation(Watch watch, PatientFacts facts) {
            this.watch = watch;
            this.facts = facts;
            List<Fact.Observed> all = Stream.of(facts.direct(), facts.rekeyed())
                    .flatMap(List::stream)
                    .filter(Fact.Observed.class::isInstance)
                    .map(Fact.Observed.class::cast)
                    .toList();
            all.stream()
                    .filter(observed -> observed.measured().stream().anyMatch(watch::isAbout))
                    .forEach(observed -> watched.add(observed.identity()));
            Set<String> known = new HashSet<>();
            for (Fact.Observed observed : all) {
                if (isWatched(observed) && mayBegin(observed, known.add(observed.identity()))) {
                    openings.add(observed.identity());
                }
            }
        }

        private boolean isWatched(Fact.Observed observed) {
            return watched.contains(observed.identity());
        }

        private boolean mayBegin(Fact.Observed observed, boolean isFirst) {
            return observed.measured().stream()
                    .filter(watch::isAbout)
                    .anyMatch(measured -> !isFirst || look(observed, measured).mayMeetALevel());
        }

        private RuleResult.Look look(Fact.Observed observed, ObservedResult measured) {
            return RuleResult.look(observed, measured, watch.rule(), rules);
        }

        /** The alerts that there may be under a key of the patient. */
        Stream<String> possibleIds(String key) {
            return openings.stream()
                    .map(opening -> Watch.alertId(key, watch.rule().id(), opening, watch.analyte()));
        }

        /** Follows every possible order of what came. */
        void judge() {
            List<UnaryOperator<History>> direct = events(facts.direct());
            List<UnaryOperator<History>> rekeyed = events(facts.rekeyed());
            Set<History> possible = certain ? Possibilities.of(direct, rekeyed) : null;
            boolean isKnown = certain && possible != null && possible.stream().noneMatch(History::doubtful);
            ends = isKnown ? possible : null;
        }

        /** The most that there can be. */
        int incidents() {
            return ends == null
                    ? openings.size()
                    : ends.stream()
                            .mapToInt(history -> history.incidents().size())
                            .max()
                            .orElse(0);
        }

        void expect(boolean isCertain, ExpectedAlerts expected) {
            if (ends == null || !isCertain) {
                expected.anyOf(possibleIds(watch.patient()).collect(Collectors.toSet()));
            } else {
                Instant end = Instant.ofEpochMilli(lastInput).plus(AHEAD);
                expected.oneOf(ends.stream()
                        .flatMap(history -> Stream.of(history, history.until(end, watch)))
                        .collect(Collectors.toSet()));
            }
        }

        private List<UnaryOperator<History>> events(List<Fact> facts) {
            List<UnaryOperator<History>> events = new ArrayList<>();
            for (Fact fact : facts) {
                if (fact instanceof Fact.Introduced introduced) {
                    events.add(history -> at(introduced, history).after(introduced, watch));
                    certain &= fact.certain();
                } else if (fact instanceof Fact.Observed observed) {
                    add(observed, events);
                }
            }
            return events;
        }

        private void add(Fact.Observed observed, List<UnaryOperator<History>> events) {
            if (!isWatched(observed)) {
                return;
            }
            boolean isFirst = identities.add(observed.identity());
            certain &= observed.measured().stream().filter(watch::isAbout).allMatch(measured -> look(observed, measured)
                    .certain());
            List<Kept> readings = watch.readings(observed);
            if (!readings.isEmpty() || !isFirst || isLaterVersion(observed)) {
                certain &= observed.certain();
            }
            events.add(history -> at(observed, history).after(observed, readings, watch));
        }

        private History at(Fact fact, History before) {
            History then = before.until(fact.at(), watch);
            certain &= then.equals(then.until(fact.at().plus(AHEAD), watch));
            return then;
        }
    }
}
