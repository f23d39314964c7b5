package io.clinicalstreams.pipeline.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.alert.StateParameters;
import io.clinicalstreams.pipeline.domain.NaiveAlerts.Version;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.topics.wire.PatientKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every order of a small scope with a merge: four readings of two patients, some corrected or withdrawn, one patient
 * replaced by the other at any moment, and what goes through the re-keyed topic arriving at any moment after. A crash
 * follows each effect: what comes next begins with the bytes that were stored.
 */
class EveryMergeTest {

    private static final List<PatientKey> KEYS = List.of(new PatientKey("Patient/a"), new PatientKey("Patient/b"));
    private static final Evaluator EVALUATOR = new Evaluator(Cases.UNITS);

    /** @param version null for the Patient that says that the second replaces the first */
    private record Input(int patient, @Nullable Version version) {}

    /** In the re-keyed topic: a state, or an input. */
    private record Forwarded(
            byte @Nullable [] state, @Nullable Version version, Instant at) {}

    /**
     * @param held whether an alert was open at the merge, which ends and lowers nothing, and no reading decided since then
     * @param wasHeld whether one was open at the merge
     * @param reopened whether a forwarded input came after a later one of the other, and reopened what that ended
     */
    private record World(
            List<PatientState> patients,
            List<Forwarded> waiting,
            boolean merged,
            boolean held,
            boolean wasHeld,
            boolean reopened) {

        World after(int patient, Evaluation evaluation, @Nullable Version version, Instant at, boolean merges) {
            List<PatientState> next = new ArrayList<>(patients);
            next.set(patient, PatientStateCodec.decode(PatientStateCodec.encode(evaluation.state())));
            List<Forwarded> further = new ArrayList<>(waiting);
            if (evaluation.forward() != null) {
                further.add(evaluation
                        .forward()
                        .answer(
                                moved -> new Forwarded(
                                        new StateParameters(moved.from(), moved.state()).write(), null, at),
                                input -> new Forwarded(null, version, at)));
            }
            boolean isReopened =
                    evaluation.alerts().stream().anyMatch(alert -> alert.transition() == Transition.REOPENED);
            boolean isDecided = patient == 1
                    && version != null
                    && NaiveAlerts.isDecidedBy(
                            MergedPatients.observation(version), patients.get(1), evaluation.state());
            return new World(next, further, merged || merges, held && !isDecided, wasHeld, reopened || isReopened);
        }

        World received() {
            Forwarded next = waiting.get(0);
            List<Forwarded> rest = waiting.subList(1, waiting.size());
            World without = new World(patients, rest, merged, held, wasHeld, reopened);
            PatientState before = patients.get(1);
            if (next.version() != null) {
                return without.after(
                        1, evaluated(before, 1, next.version(), next.at()), next.version(), next.at(), false);
            }
            StateParameters moved = Objects.requireNonNull(StateParameters.read(Objects.requireNonNull(next.state())));
            Evaluation taken = EVALUATOR.takeOver(
                    before,
                    KEYS.get(1),
                    moved.from(),
                    moved.state(),
                    Hop.ONWARD,
                    next.at(),
                    MergedPatients.WITHOUT_COOL_DOWN);
            List<NaiveAlerts.Open> open = NaiveAlerts.of(taken.state());
            List<NaiveAlerts.Open> both = new ArrayList<>(NaiveAlerts.of(before));
            both.addAll(NaiveAlerts.of(moved.state()));
            assertThat(open).hasSize(both.isEmpty() ? 0 : 1);
            both.forEach(each -> assertThat(NaiveAlerts.areCovered(List.of(each), open))
                    .as("%s of %s", open, both)
                    .isTrue());
            World after = without.after(1, taken, null, next.at(), false);
            boolean isHeld = !open.isEmpty();
            return new World(
                    after.patients(), after.waiting(), merged, held || isHeld, wasHeld || isHeld, after.reopened());
        }

        World read(Input input, Instant at) {
            PatientState before = patients.get(input.patient());
            if (input.version() != null) {
                Evaluation evaluation = evaluated(before, input.patient(), input.version(), at);
                return after(input.patient(), evaluation, input.version(), at, false);
            }
            Patient patient = new Patient(null, false, null, new PatientLink(KEYS.get(1), 2L, null));
            Evaluation learned = EVALUATOR.learn(before, KEYS.get(0), patient, at, MergedPatients.WITHOUT_COOL_DOWN);
            return after(0, learned, null, at, true);
        }
    }

    private static Evaluation evaluated(PatientState before, int patient, Version version, Instant at) {
        PatientKey key = KEYS.get(patient);
        return EVALUATOR.evaluate(
                before,
                key,
                MergedPatients.observation(version).movedTo(key),
                at,
                "received/0/7",
                MergedPatients.WITHOUT_COOL_DOWN);
    }

    private int states;

    @Test
    @Tag("exhaustive")
    void everyOrderOfASmallScopeWithAMerge() {
        explore(List.of(
                result(0, "k", 1, "6.9", "4.2"),
                result(0, "l", 2, "6.1", ""),
                result(1, "m", 3, "4.1"),
                result(1, "n", 4, "6.6")));
        explore(List.of(
                result(0, "k", 1, "6.1"),
                result(0, "l", 4, "4.2", "6.9"),
                result(1, "m", 2, "6.9", ""),
                result(1, "n", 3, "6.4")));
        explore(List.of(
                result(0, "k", 1, "6.6"),
                result(0, "l", 3, "4.0", "6.1"),
                result(1, "m", 2, "6.9"),
                result(1, "n", 4, "4.1", "6.0")));
        explore(List.of(
                result(0, "k", 2, "6.9", ""),
                result(1, "l", 1, "6.2"),
                result(1, "m", 3, "6.1", "5.0"),
                result(1, "n", 4, "6.8")));
        explore(List.of(
                result(0, "k", 1, "6.0"),
                result(0, "l", 2, "6.9", "6.1"),
                result(0, "m", 4, "4.2", ""),
                result(1, "n", 3, "6.5")));

        assertThat(states).isGreaterThan(1_000_000);
    }

    private void explore(List<List<Input>> results) {
        List<Input> left = new ArrayList<>(List.of(new Input(0, null)));
        results.forEach(left::addAll);
        World begin = new World(List.of(PatientState.EMPTY, PatientState.EMPTY), List.of(), false, false, false, false);
        explore(left, begin, List.of(new ArrayList<>(), new ArrayList<>()), 0);
    }

    private static List<Input> result(int patient, String id, int minute, String... values) {
        List<Input> versions = new ArrayList<>();
        Instant time = Cases.NOON.minusSeconds(36_000 - 60L * minute);
        for (String value : values) {
            versions.add(new Input(
                    patient,
                    new Version(id, versions.size() + 1, time, value.isEmpty() ? null : new BigDecimal(value))));
        }
        return versions;
    }

    private void explore(List<Input> left, World world, List<List<Version>> arrived, int depth) {
        states++;
        check(world, arrived);
        for (int i = 0; i < left.size(); i++) {
            Input next = left.remove(i);
            List<Version> theirs = arrived.get(next.patient());
            if (next.version() != null) {
                theirs.add(next.version());
            }
            explore(left, world.read(next, Cases.NOON.plusSeconds(depth)), arrived, depth + 1);
            if (next.version() != null) {
                theirs.remove(theirs.size() - 1);
            }
            left.add(i, next);
        }
        if (!world.waiting().isEmpty()) {
            explore(left, world.received(), arrived, depth + 1);
        }
    }

    private static void check(World world, List<List<Version>> arrived) {
        if (!world.waiting().isEmpty()) {
            return;
        }
        List<Version> all = arrived.stream().flatMap(List::stream).toList();
        compare(world, 0, world.merged() ? List.of() : arrived.get(0));
        compare(world, 1, world.merged() ? all : arrived.get(1));
    }

    private static void compare(World world, int patient, List<Version> readings) {
        List<NaiveAlerts.Open> open = NaiveAlerts.of(world.patients().get(patient));
        List<NaiveAlerts.Open> expected = NaiveAlerts.of(readings);
        if (!open.equals(expected)
                && !((world.reopened() || world.wasHeld()) && now(open).equals(now(expected)))
                && !(world.held() && NaiveAlerts.areCovered(expected, open))) {
            assertThat(open)
                    .as("%s of %s", KEYS.get(patient).reference(), readings)
                    .isEqualTo(expected);
        }
    }

    private static List<String> now(List<NaiveAlerts.Open> open) {
        return open.stream().map(NaiveAlerts.Open::now).toList();
    }
}
