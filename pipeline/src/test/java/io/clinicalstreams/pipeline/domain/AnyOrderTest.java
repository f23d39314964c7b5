package io.clinicalstreams.pipeline.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.alert.StateParts;
import io.clinicalstreams.pipeline.alert.StoredState;
import io.clinicalstreams.pipeline.domain.NaiveAlerts.Version;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the order in which the versions of results arrive, and however often each does, the open alerts are those of
 * {@link NaiveAlerts}, with their severity and evidence.
 */
class AnyOrderTest {

    private static final Instant BEGIN = Cases.NOON.minus(Duration.ofHours(6));
    private static final List<String> VALUES = List.of("4.2", "5.99", "6.0", "6.4", "6.5", "6.9");
    private static final RuleBook RULES = RuleBook.of(List.of(withoutCoolDown()));
    private static final Map<Version, Observation> OBSERVATIONS = new HashMap<>();
    private static final Evaluator EVALUATOR = new Evaluator(Cases.UNITS);

    /** A reopened alert keeps its opening reading: here every finding is an alert of its own. */
    private static CriticalLimit withoutCoolDown() {
        CriticalLimit rule = Cases.potassiumHigh();
        return new CriticalLimit(
                new RuleDefinition(
                        rule.id(),
                        rule.version(),
                        rule.title(),
                        rule.source(),
                        rule.maxAge(),
                        Duration.ofMillis(1),
                        AgeBand.ANY),
                rule.variants());
    }

    /** Delayed, repeated, corrected and withdrawn at random. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomHistories(long seed) {
        Random random = new Random(seed);
        int open = 0;
        for (int round = 0; round < 2_000; round++) {
            List<Version> history = history(random);
            Collections.shuffle(history, random);
            PatientState state = PatientState.EMPTY;
            Map<String, Integer> versions = new HashMap<>();
            for (int i = 0; i < history.size(); i++) {
                state = arrived(state, history.get(i), i, versions);
                List<NaiveAlerts.Open> expected = NaiveAlerts.of(history.subList(0, i + 1));
                assertThat(NaiveAlerts.of(state))
                        .as("%s", history.subList(0, i + 1))
                        .isEqualTo(expected);
                open += expected.size();
            }
        }
        assertThat(open).as("the histories hold alerts").isGreaterThan(5_000);
    }

    private static List<Version> history(Random random) {
        List<Version> history = new ArrayList<>();
        int results = 1 + random.nextInt(6);
        for (int result = 0; result < results; result++) {
            Instant time = BEGIN.plusSeconds(result * 600L);
            int versions = 1 + random.nextInt(3);
            for (int number = 1; number <= versions; number++) {
                boolean withdrawn = number == versions && random.nextInt(4) == 0;
                Instant moved = random.nextInt(5) == 0
                        ? time.plusSeconds(random.nextInt(4_000)).plusMillis(10L * result + number)
                        : time;
                String value = VALUES.get(random.nextInt(VALUES.size()));
                Version version = new Version("k" + result, number, moved, withdrawn ? null : new BigDecimal(value));
                history.add(version);
                if (random.nextInt(4) == 0) {
                    history.add(version);
                }
            }
        }
        return history;
    }

    /**
     * Every order of a small scope: two patients, four results, each corrected or withdrawn, one of them sent twice. Each
     * effect is followed by a crash: what comes next begins with the bytes that were stored.
     */
    @Test
    @Tag("exhaustive")
    void everyOrderOfASmallScope() {
        Explorer explorer = new Explorer();
        for (List<List<Version>> scope : scopes()) {
            explorer.explore(scope);
        }
        assertThat(explorer.states).isGreaterThan(1_000_000);
    }

    /** @return of each scope, the versions of each patient */
    private static List<List<List<Version>>> scopes() {
        return List.of(
                twice(scope(result("a", 1, "6.9", "4.2"), result("b", 2, "4.2", "6.6"), result("c", 3, "6.1", null))),
                scope(result("a", 1, "6.1", null), result("b", 2, "6.9", "4.0"), result("c", 3, "4.1", null)));
    }

    /** The first version of all once more. */
    private static List<List<Version>> twice(List<List<Version>> scope) {
        List<Version> first = new ArrayList<>(scope.get(0));
        first.add(first.get(0));
        return List.of(first, scope.get(1));
    }

    /** Three results of the first patient, and one of the second. */
    private static List<List<Version>> scope(List<Version> a, List<Version> b, List<Version> c) {
        List<Version> first = Stream.of(a, b, c).flatMap(List::stream).toList();
        return List.of(first, result("d", 1, "6.6", "5.0"));
    }

    private static List<Version> result(String id, int minute, String value, @Nullable String then) {
        Instant time = BEGIN.plusSeconds(minute * 60L);
        return List.of(
                new Version(id, 1, time, new BigDecimal(value)),
                new Version(id, 2, time, then == null ? null : new BigDecimal(then)));
    }

    private static final class Explorer {

        private int states;

        void explore(List<List<Version>> scope) {
            List<List<Version>> arrived = List.of(new ArrayList<>(), new ArrayList<>());
            List<List<Version>> left = List.of(new ArrayList<>(scope.get(0)), new ArrayList<>(scope.get(1)));
            explore(left, arrived, List.of(PatientState.EMPTY, PatientState.EMPTY), 0);
        }

        private void explore(
                List<List<Version>> left, List<List<Version>> arrived, List<PatientState> patients, int depth) {
            for (int patient = 0; patient < left.size(); patient++) {
                for (int i = 0; i < left.get(patient).size(); i++) {
                    Version version = left.get(patient).remove(i);
                    arrived.get(patient).add(version);
                    PatientState before = patients.get(patient);
                    PatientState after = PatientStateCodec.decode(PatientStateCodec.encode(
                            evaluated(before, version, depth).state()));
                    states++;
                    if (!NaiveAlerts.of(after).equals(NaiveAlerts.of(arrived.get(patient)))) {
                        assertThat(NaiveAlerts.of(after))
                                .as("%s", arrived.get(patient))
                                .isEqualTo(NaiveAlerts.of(arrived.get(patient)));
                    }
                    List<PatientState> next = new ArrayList<>(patients);
                    next.set(patient, after);
                    explore(left, arrived, next, depth + 1);
                    arrived.get(patient).remove(arrived.get(patient).size() - 1);
                    left.get(patient).add(i, version);
                }
            }
        }
    }

    /** As the lane does: readings are decoded only when an input needs them. */
    private static PatientState storedAndRead(PatientState state) {
        return new StoredState(StateParts.with(null, new StoredState(null).changes(state))).state();
    }

    private static PatientState arrived(
            PatientState before, Version version, int number, Map<String, Integer> versions) {
        Evaluation evaluation = evaluated(before, version, number);
        for (Alert alert : evaluation.alerts()) {
            assertThat(versions.merge(alert.alertId(), 1, Integer::sum))
                    .as("each transition is the next version")
                    .isEqualTo(alert.version());
        }
        assertThat(evaluation.state().episodes().stream()
                        .filter(Episode::isOpen)
                        .count())
                .isLessThanOrEqualTo(1);
        return storedAndRead(evaluation.state());
    }

    private static Evaluation evaluated(PatientState before, Version version, int number) {
        return EVALUATOR.evaluate(
                before,
                Cases.ANNA,
                OBSERVATIONS.computeIfAbsent(version, AnyOrderTest::observation),
                Cases.NOON.plusSeconds(number),
                "received/0/7",
                RULES);
    }

    private static Observation observation(Version version) {
        boolean withdrawn = version.value() == null;
        return Cases.potassium(
                        withdrawn
                                ? "1"
                                : Objects.requireNonNull(version.value()).toString())
                .id(version.id())
                .version(version.number())
                .effective(version.time())
                .status(
                        withdrawn
                                ? ObservationStatus.ENTERED_IN_ERROR
                                : version.number() > 1 ? ObservationStatus.CORRECTED : ObservationStatus.FINAL)
                .build();
    }
}
