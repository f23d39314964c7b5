package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.alert.PatientStore;
import io.clinicalstreams.pipeline.alert.StateParameters;
import io.clinicalstreams.pipeline.alert.StateParts;
import io.clinicalstreams.pipeline.alert.StoredState;
import io.clinicalstreams.pipeline.alert.UnreadableStateException;
import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.ObservationCase;
import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.input.InputWork;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.PatientKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateRulesTest {

    private static final int AMPLE = 1_000_000;
    private static final byte[] ANNA = Cases.ANNA.toBytes();

    private final FakeTask task = new FakeTask();
    private final RuleTable rules = new RuleTable();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void anAlertThatItsTopicDoesNotTakeIsNotWrittenAndLeavesNoTraceInTheState() {
        EvaluateRules step = step(AMPLE, 1_000);

        step.process(reading(critical("a")));

        assertThat(task.forwarded()).isEmpty();
        assertThat(state()).isEqualTo(PatientState.EMPTY);
        assertThat(notEvaluated("too-large")).isEqualTo(1);
    }

    @Test
    void aStateThatItsChangelogDoesNotTakeStaysAsItWasAndNothingIsAlerted() {
        EvaluateRules step = step(sizeOfAStateWithOneEpisode(), AMPLE);
        step.process(reading(critical("a")));
        PatientState one = state();

        step.process(reading(fine("b")));
        step.process(reading(critical("c"), Duration.ofDays(1)));

        assertThat(state().episodes()).as("the second would be too much").hasSize(1);
        assertThat(state().episodes().get(0).alertId())
                .isEqualTo(one.episodes().get(0).alertId());
        assertThat(task.forwarded()).as("raised and resolved").hasSize(2);
        assertThat(notEvaluated("too-large")).isEqualTo(1);
    }

    @Test
    void continuesAfterARecordThatWasTooLarge() {
        EvaluateRules step = step(AMPLE, 10_000);
        step.process(reading(critical("a").encounter("Encounter/" + "e".repeat(10_000))));

        step.process(reading(critical("b")));

        assertThat(task.forwarded()).hasSize(1);
    }

    @Test
    void aPatientWithAsManyEpisodesAsAStateMayHoldGetsNoMore() {
        has(episodes(EvaluateRules.MOST_EPISODES));
        PatientState full = state();
        EvaluateRules step = step(AMPLE, AMPLE);

        step.process(reading(critical("one-more"), Duration.ofHours(2)));

        assertThat(state()).isEqualTo(full);
        assertThat(task.forwarded()).isEmpty();
        assertThat(notEvaluated("too-many-episodes")).isEqualTo(1);
    }

    @Test
    void openEpisodesInAFullStateContinue() {
        List<Episode> open = new ArrayList<>(episodes(EvaluateRules.MOST_EPISODES));
        open.set(0, openEpisode());
        has(open);
        EvaluateRules step = step(AMPLE, AMPLE);

        step.process(reading(fine("better"), Duration.ofHours(2)));

        assertThat(task.forwarded()).as("resolved").hasSize(1);
    }

    @Test
    void oneInputCausesOnlySoManyTransitionsAndTheNextInputIsEvaluated() {
        EvaluateRules step = step(AMPLE, AMPLE);
        task.context.setRecordMetadata("received", 0, 7);
        readOften(step, InputWork.MOST_TRANSITIONS + 10);

        assertThat(task.forwarded()).hasSize(InputWork.MOST_TRANSITIONS);
        assertThat(notEvaluated("too-much-for-one-input")).isEqualTo(10);

        task.context.setRecordMetadata("received", 0, 8);
        step.process(reading(critical("next")));
        assertThat(task.forwarded()).hasSize(InputWork.MOST_TRANSITIONS + 1);
    }

    /** Kafka Streams initializes the same object again after an abort: what its first pass did is not committed. */
    @Test
    void anInputThatIsEvaluatedAgainAfterAnAbortMayCauseAsMuchAsTheFirstTime() {
        EvaluateRules step = step(AMPLE, AMPLE);
        task.context.setRecordMetadata("received", 0, 7);
        readOften(step, InputWork.MOST_TRANSITIONS * 3 / 5);
        PatientState first = state();

        step.close();
        task.states.put(ANNA, PatientState.EMPTY);
        task.context.resetForwards();
        step.init(task.context);
        readOften(step, InputWork.MOST_TRANSITIONS * 3 / 5);

        assertThat(task.forwarded()).hasSize(InputWork.MOST_TRANSITIONS * 3 / 5);
        assertThat(state()).isEqualTo(first);
        assertThat(notEvaluated("too-much-for-one-input")).isZero();
    }

    /** A full state takes 200 kB and is read whole for each change: without the limit, this input would read 2 GB. */
    @Test
    void oneInputWritesALargeStateOnlySoOften() {
        List<Episode> many = new ArrayList<>(episodes(EvaluateRules.MOST_EPISODES));
        many.set(0, openEpisode());
        has(many);
        EvaluateRules step = step(AMPLE, AMPLE);
        task.context.setRecordMetadata("received", 0, 7);

        for (int i = 0; i < 1_000; i++) {
            step.process(reading(critical("b" + i)));
        }

        assertThat(notEvaluated("too-much-for-one-input")).isPositive();
    }

    @Test
    void aBugStopsNothingAndShowsNothingOfTheReading() {
        UnitConversion faulty = (from, to) -> {
            throw new IllegalStateException("canary");
        };
        EvaluateRules step = step(AMPLE, AMPLE, faulty);

        step.process(reading(critical("a").value("6900", "umol/L", Cases.UCUM, "umol/L")));
        step.process(reading(critical("b")));

        assertThat(notEvaluated("unexpected")).isEqualTo(1);
        assertThat(task.forwarded()).hasSize(1);
    }

    /** It has left the duplicate by then: what cannot be taken over is gone. */
    @Test
    void ofADuplicateWhoseStateIsTooLargeTheOpenAlertsGoOn() {
        PatientState duplicate = duplicate(300);
        EvaluateRules step = step(PatientStateCodec.encode(duplicate).length, AMPLE);

        step.process(takenOver(duplicate));

        assertThat(task.forwarded()).extracting(IdlePatients::transition).containsExactly("continued");
        assertThat(state().readings()).isZero();
        assertThat(takenOver("open-alerts")).isEqualTo(1);
        assertThat(notEvaluated("too-large")).isZero();
        step.process(reading(fine("better")));
        assertThat(task.forwarded())
                .extracting(IdlePatients::transition)
                .as("it goes on like any other")
                .containsExactly("continued", "resolved");
    }

    @Test
    void ofADuplicateWithTooManyReadingsTheOpenAlertsGoOn() {
        PatientState duplicate = duplicate(ClinicalFact.TakenOver.MOST_READINGS);
        EvaluateRules step = step(AMPLE, AMPLE);

        step.process(takenOver(duplicate));

        assertThat(task.forwarded()).extracting(IdlePatients::transition).containsExactly("continued");
        assertThat(state().readings()).isZero();
        assertThat(takenOver("open-alerts")).isEqualTo(1);
    }

    /** With as many readings as may be taken over, each of another analyte: the work is limited. */
    @Test
    void aLargeStateIsTakenOverInTime() {
        rules.put("curated/laboratory-flag", Cases.laboratoryFlag());
        task.states.put(ANNA, duplicate(ClinicalFact.TakenOver.MOST_READINGS / 2 - 1));
        PatientState duplicate = duplicate(ClinicalFact.TakenOver.MOST_READINGS / 2 - 2);
        EvaluateRules step = step(AMPLE, AMPLE);

        assertTimeout(Duration.ofSeconds(10), () -> step.process(takenOver(duplicate)));

        assertThat(takenOver("state")).isEqualTo(1);
    }

    /** Of codes without a rule: they change nothing, so no limit counts them. Searching the state for each took minutes. */
    @ParameterizedTest
    @ValueSource(ints = {50, 1_000})
    void aLargeStateIsComparedWithManyObservationsInTime(int length) {
        task.states.put(ANNA, large().heard(Reading.dayOf(Cases.NOON)));
        PatientState before = state();
        EvaluateRules step = step(AMPLE, AMPLE);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 10_000; i++) {
                step.process(reading(new ObservationCase()
                        .id(null)
                        .identifier("a".repeat(length) + '|' + i)
                        .codes("1-8")));
            }
        });

        assertThat(notEvaluated("no-rule")).isEqualTo(10_000);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aDuplicateWhoseOpenAlertsHaveNoRoomIsCounted() {
        has(episodes(EvaluateRules.MOST_EPISODES));
        PatientState full = state();
        EvaluateRules step = step(AMPLE, AMPLE);

        step.process(takenOver(duplicate(0)));

        assertThat(task.forwarded()).isEmpty();
        assertThat(state()).isEqualTo(full);
        assertThat(takenOver("refused")).isEqualTo(1);
        assertThat(notEvaluated("too-many-episodes")).isEqualTo(1);
    }

    /** As an earlier version of the service stored it. */
    @Test
    void aWholeStateIsEvaluatedFurtherAndBecomesParts() {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh());
        patient.reads(critical("a"));
        task.store.put(ANNA, PatientStateCodec.encode(patient.state()));

        step(AMPLE, AMPLE).process(reading(fine("b")));

        assertThat(task.forwarded()).extracting(IdlePatients::transition).containsExactly("resolved");
        assertThat(task.store.get(ANNA)[0]).isEqualTo((byte) 101);
        assertThat(state().episodes()).hasSize(1);
        assertThat(state().histories()).hasSize(1);
    }

    @Test
    void aStateThatCannotBeReadStopsTheTaskInWordsThatDoNotRepeatIt() {
        task.store.put(ANNA, "\u0009canary".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> step(AMPLE, AMPLE)).hasMessageNotContaining("canary");
    }

    /** Readings are decoded when they are needed. What is damaged is found at the start all the same, or then. */
    @Test
    void readingsThatCannotBeReadStopTheTask() {
        EvaluateRules step = step(AMPLE, AMPLE);
        step.process(reading(fine("a")));
        StateParts.Part readings = new StoredState(null).changes(state()).get(1);
        byte[] damaged = Arrays.copyOf(readings.bytes(), readings.bytes().length - 1);
        task.store.put(PatientStore.key(ANNA, readings.number()), damaged);

        assertThatThrownBy(() -> step.process(reading(fine("b")))).isInstanceOf(UnreadableStateException.class);
        assertThatThrownBy(() -> step(AMPLE, AMPLE)).isInstanceOf(UnreadableStateException.class);
    }

    private EvaluateRules step(int largestState, int largestAlert) {
        return step(largestState, largestAlert, Cases.UNITS);
    }

    private EvaluateRules step(int largestState, int largestAlert, UnitConversion units) {
        rules.put("hospital/own", Cases.potassiumHigh());
        task.at(Cases.NOON);
        EvaluateRules step = new EvaluateRules(new EvaluateRulesSupplier(
                new Evaluator(units),
                rules,
                AlertRetention.of(Duration.ofDays(2), rules),
                new EvaluateRulesSupplier.Limits(
                        new SizeLimit(largestState), new SizeLimit(largestAlert), new SizeLimit(1_000_000)),
                new DetectedIssueWriter("test"),
                new AlertingCounters(registry, new InputLedger("any", "ledger"))));
        step.init(task.context);
        return step;
    }

    /** Each reading is another transition. */
    private static void readOften(EvaluateRules step, int times) {
        for (int i = 0; i < times; i++) {
            step.process(reading(i % 2 == 0 ? critical("a" + i) : fine("a" + i)));
        }
    }

    private static ObservationCase critical(String id) {
        return Cases.potassium("6.9").id(id);
    }

    private static ObservationCase fine(String id) {
        return Cases.potassium("4.2").id(id);
    }

    private static Record<byte[], ClinicalFact> reading(ObservationCase observation) {
        return reading(observation, Duration.ZERO);
    }

    /** @param later than noon */
    private static Record<byte[], ClinicalFact> reading(ObservationCase observation, Duration later) {
        Instant at = Cases.NOON.plus(later);
        ClinicalFact fact = new ClinicalFact.Observed(
                observation.build(at),
                at,
                Coordinates.ofRecord("received", 0, 7),
                new RecordHeaders(),
                new ClinicalFact.Forwarding(null, 0, false));
        return new Record<>(ANNA, fact, at.toEpochMilli());
    }

    /** Room for one resolved episode, the largest form, and not for a second. */
    private static int sizeOfAStateWithOneEpisode() {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh());
        patient.reads(critical("a"));
        patient.reads(fine("b"));
        return 512
                + ANNA.length
                + new FakeTask()
                        .states
                        .change(ANNA, patient.state().heard(Reading.dayOf(Cases.NOON)))
                        .size();
    }

    private static Episode openEpisode() {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh());
        patient.reads(critical("open"));
        return patient.state().episodes().get(0);
    }

    /** Ended episodes of another rule, each with its own alert. */
    private static List<Episode> episodes(int count) {
        return IntStream.range(0, count).mapToObj(EvaluateRulesTest::ended).toList();
    }

    private static Episode ended(int number) {
        Episode open = openEpisode();
        return new Episode(
                "%064x".formatted(number),
                "hospital/another",
                null,
                2,
                open.severity(),
                Transition.RESOLVED,
                open.opening(),
                open.latest(),
                open.worst(),
                open.lastNotifiedAt(),
                open.paged(),
                Cases.NOON,
                false,
                0,
                0,
                false,
                null);
    }

    /** With an open alert, and more readings, each of another analyte. */
    private static PatientState duplicate(int more) {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh());
        patient.reads(critical("a"));
        KeptReading reading = patient.state().histories().get(0).latest();
        List<AnalyteHistory> histories = new ArrayList<>(patient.state().histories());
        for (int i = 0; i < more; i++) {
            histories.add(history(i, new ObservationIdentity(ObservationIdentity.Kind.ID, more + "-" + i), reading));
        }
        return patient.state().replacing(patient.state().episodes(), histories);
    }

    private static AnalyteHistory history(int number, ObservationIdentity identity, KeptReading like) {
        return new AnalyteHistory(
                List.of(new Coding("urn:own", "c" + number)),
                List.of(new KeptReading(
                        identity, like.time(), like.at(), like.version(), like.amount(), false, List.of(), false)));
    }

    /** Almost as large as a record, and nearly equal to what is looked for, everywhere. */
    private static PatientState large() {
        String longest = "a".repeat(Bounds.TEXT_BYTES);
        ObservationIdentity identity =
                new ObservationIdentity(ObservationIdentity.Kind.IDENTIFIER, longest + '|' + longest);
        KeptReading like = duplicate(0).histories().get(0).latest();
        return PatientState.EMPTY.replacing(
                List.of(),
                IntStream.range(0, 450)
                        .mapToObj(number -> history(number, identity, like))
                        .toList());
    }

    private static Record<byte[], ClinicalFact> takenOver(PatientState duplicate) {
        ClinicalFact fact = new ClinicalFact.TakenOver(
                new StateParameters(new PatientKey("Patient/duplicate"), duplicate),
                false,
                Cases.NOON,
                Coordinates.ofRecord("received", 0, 7),
                new RecordHeaders(),
                new ClinicalFact.Forwarding(null, 1, false));
        return new Record<>(ANNA, fact, Cases.NOON.toEpochMilli());
    }

    private double takenOver(String what) {
        return registry.get("clinical.duplicates.taken.over")
                .tag("what", what)
                .counter()
                .count();
    }

    private void has(List<Episode> episodes) {
        task.states.put(ANNA, new PatientState(null, null, episodes).heard(Reading.dayOf(Cases.NOON)));
    }

    private PatientState state() {
        return task.states.get(ANNA);
    }

    private double notEvaluated(String reason) {
        @Nullable
        Counter counter = registry.find("clinical.readings.not.evaluated")
                .tag("reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
