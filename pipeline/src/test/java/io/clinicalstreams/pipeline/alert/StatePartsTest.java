package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatePartsTest {

    private static final Bytes PATIENT = Bytes.wrap(Cases.ANNA.toBytes());

    private final PatientStore store = new PatientStore("any", new TreeMap<>());

    /** Of the changelog after compaction, in the order in which it is read when a task is restored. */
    private final Map<Bytes, byte @Nullable []> changelog = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyChangeIsReadBackAndRestoredFromTheChangelog(long seed) {
        Random random = new Random(seed);
        PatientState state = PatientState.EMPTY;
        for (int i = 0; i < 500; i++) {
            state = changed(state, random);
            becomes(state);
            assertThat(stored()).isEqualTo(state);
            state = random.nextBoolean() ? state : new StoredState(store.get(PATIENT)).state();
            PatientStore restored = new PatientStore("any", new TreeMap<>());
            changelog.forEach(restored::put);
            assertThat(restored.get(PATIENT)).isEqualTo(store.get(PATIENT));
        }
    }

    /** As the evaluator does, and, rarely, in ways that it never does. */
    private static PatientState changed(PatientState before, Random random) {
        PatientState other = RandomStates.state(random);
        List<Episode> episodes = new ArrayList<>(before.episodes());
        List<AnalyteHistory> histories = new ArrayList<>(before.histories());
        switch (random.nextInt(8)) {
            case 0 -> {
                return random.nextInt(4) == 0 ? PatientState.EMPTY : other;
            }
            case 1 -> Collections.shuffle(episodes, random);
            case 2 -> histories.addAll(0, other.histories());
            case 3 -> histories.removeIf(history -> random.nextBoolean());
            case 4 -> episodes.removeIf(episode -> random.nextBoolean());
            case 5 -> {
                return other.replacing(episodes, histories);
            }
            case 6 ->
                histories.replaceAll(history -> other.histories().isEmpty()
                        ? history
                        : new AnalyteHistory(
                                history.codings(), other.histories().get(0).readings()));
            default -> episodes.addAll(other.episodes());
        }
        return before.replacing(episodes, histories);
    }

    /** They are decoded only if one of them may be of the Observation, or if another one was looked for before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyKeptReadingIsFoundByItsObservationAndNoOtherIs(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            PatientState state = RandomStates.state(random);
            becomes(state);
            List<KeptReading> readings = Stream.concat(
                            RandomStates.state(random).histories().stream(), state.histories().stream())
                    .flatMap(history -> history.readings().stream())
                    .toList();
            PatientState unchanged = new StoredState(store.get(PATIENT)).state();
            for (KeptReading reading : readings) {
                assertThat(unchanged.kept(reading.identity())).isEqualTo(state.kept(reading.identity()));
                PatientState read = new StoredState(store.get(PATIENT)).state();
                assertThat(read.kept(reading.identity())).isEqualTo(state.kept(reading.identity()));
                assertThat(read.naming(reading.identity())).isEqualTo(state.naming(reading.identity()));
            }
        }
    }

    @Test
    void anInputNeedsTheReadingsOfItsAnalyteOnly() {
        PatientState before = PatientState.EMPTY
                .with(RandomStates.potassium(), RandomStates.ordinaryReading())
                .with(List.of(new Coding(Coding.LOINC, "2951-2")), RandomStates.ordinaryReading());
        becomes(before);
        byte[] part = changelog.get(key(1)).clone();
        put(1, Arrays.copyOf(part, part.length - 1));
        PatientState read = new StoredState(store.get(PATIENT)).state();

        ObservationIdentity another = new ObservationIdentity(ObservationIdentity.Kind.ID, "another");
        assertThat(read.kept(another)).isNull();
        assertThat(read.histories().get(1)).isEqualTo(before.histories().get(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.histories().get(0).latest())
                .withMessage("a patient's state is damaged");
        assertThatIllegalArgumentException().isThrownBy(this::stored).withMessage("a patient's state is damaged");
    }

    @Test
    void aReadingWritesTheReadingsOfItsAnalyteOnly() {
        PatientState before = RandomStates.ordinaryEpisode()
                .with(RandomStates.potassium(), RandomStates.ordinaryReading())
                .with(List.of(new Coding("http://loinc.org", "2951-2")), RandomStates.ordinaryReading());
        becomes(before);

        assertThat(becomes(before.with(RandomStates.potassium(), RandomStates.ordinaryReading())))
                .singleElement()
                .satisfies(part -> assertThat(part.bytes()).hasSizeBetween(70, 110));
    }

    @Test
    void whatDidNotChangeIsNotWritten() {
        becomes(StoredStates.version6());

        assertThat(becomes(StoredStates.version6())).isEmpty();
    }

    @Test
    void aPatientWithoutEpisodesAndReadingsIsStoredAsBefore() {
        PatientState known = new PatientState(LocalDate.of(1950, 6, 1), "female", List.of());

        becomes(known);

        assertThat(store.get(PATIENT)).isEqualTo(PatientStateCodec.encode(known));
    }

    @Test
    void aDeletedPatientLeavesATombstoneForEachPart() {
        becomes(StoredStates.version6());

        becomes(PatientState.EMPTY);

        assertThat(store.approximateNumEntries()).isZero();
        assertThat(changelog.values()).hasSizeGreaterThan(3).containsOnlyNulls();
    }

    /** States of earlier versions are whole; none is lost, and the next change writes its parts. */
    @Test
    void aWholeStateBecomesPartsAtItsNextChange() {
        PatientState whole = StoredStates.version6();
        put(0, PatientStateCodec.encode(whole));
        assertThat(stored()).isEqualTo(whole);

        PatientState after = whole.with(RandomStates.potassium(), RandomStates.ordinaryReading());
        List<StateParts.Part> written = becomes(after);

        assertThat(written)
                .hasSize(1 + after.episodes().size() + after.histories().size());
        assertThat(stored()).isEqualTo(after);
    }

    @Test
    void aMissingPartOrCoreIsNoticed() {
        PatientState state = StoredStates.version6();
        becomes(state);
        int parts = 1 + state.episodes().size() + state.histories().size();
        byte[] all = store.get(PATIENT);
        for (int number = 0; number < parts; number++) {
            byte[] without = StateParts.with(all, List.of(new StateParts.Part(number, null)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PatientStateCodec.decode(without))
                    .withMessage("a patient's state is damaged");
        }
        for (int number = parts - 1; number > 0; number--) {
            put(number, null);
        }
        assertThatIllegalArgumentException().isThrownBy(this::stored).withMessage("a patient's state is damaged");
    }

    @Test
    void neverFailsInAnotherWayThanDamagedOrOfAnotherVersion() {
        becomes(StoredStates.version6());
        byte[] all = store.get(PATIENT);
        Random random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = all.clone();
            mutated[random.nextInt(all.length)] = (byte) random.nextInt(256);
            try {
                PatientStateCodec.decode(mutated);
            } catch (UnreadableStateException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void refusesAPartOfALaterVersion() {
        becomes(PatientState.EMPTY.with(RandomStates.potassium(), RandomStates.ordinaryReading()));
        byte[] part = changelog.get(key(1)).clone();
        part[0] = (byte) (part[0] + (1 << 4));
        put(1, part);

        assertThatIllegalArgumentException()
                .isThrownBy(this::stored)
                .withMessageContaining("version 6,")
                .withMessageContaining("run the service version that wrote it");
    }

    @Test
    void theKeysOfPartsAreTheSameForever() {
        byte[] patient = "Patient/1".getBytes(StandardCharsets.UTF_8);

        assertThat(PatientStore.key(patient, 0)).asHexString().isEqualTo("50617469656E742F31");
        assertThat(PatientStore.key(patient, 1)).asHexString().isEqualTo("50617469656E742F31FF01");
        assertThat(PatientStore.key(patient, 255)).asHexString().isEqualTo("50617469656E742F31FFFF01");
    }

    @Test
    void aPatientWhoseKeyBeginsWithAnothersIsAnother() {
        byte[] one = "Patient/1".getBytes(StandardCharsets.UTF_8);
        byte[] other = "Patient/12".getBytes(StandardCharsets.UTF_8);
        store.put(Bytes.wrap(PatientStore.key(one, 1)), new byte[] {1});
        store.put(Bytes.wrap(PatientStore.key(other, 1)), new byte[] {2});
        store.put(Bytes.wrap(PatientStore.key(one, 1)), null);

        assertThat(store.get(Bytes.wrap(one))).isNull();
        assertThat(store.get(Bytes.wrap(other))).isNotNull();
        assertThat(PatientStore.patient(PatientStore.key(other, 255))).isEqualTo(other);
    }

    @Test
    void theLanesStoreListsPatientsInTheOrderOfTheirKeys() {
        KeyValueStore<Bytes, byte[]> lanes = PatientStore.supplier("any").get();
        List<Bytes> keys = IntStream.range(0, 100)
                .mapToObj(patient -> Bytes.wrap(("Patient/" + patient).getBytes(StandardCharsets.UTF_8)))
                .toList();
        keys.forEach(key -> lanes.put(key, PatientStateCodec.encode(StoredStates.version6())));

        List<Bytes> listed = new ArrayList<>();
        lanes.all().forEachRemaining(patient -> listed.add(patient.key));
        assertThat(listed).isEqualTo(keys.stream().sorted().toList());
    }

    /** After an aborted transaction the task is closed, and its store restored from what was committed. */
    @Test
    void aStoreThatIsClosedForgetsWhatWasNotCommitted() {
        Map<Bytes, byte @Nullable []> committed = new LinkedHashMap<>();
        becomes(StoredStates.version6());
        committed.putAll(changelog);
        becomes(StoredStates.version6().with(RandomStates.potassium(), RandomStates.ordinaryReading()));

        store.close();
        committed.forEach(store::put);

        assertThat(stored()).isEqualTo(StoredStates.version6());
    }

    private List<StateParts.Part> becomes(PatientState after) {
        List<StateParts.Part> parts = new StoredState(store.get(PATIENT)).changes(after);
        byte[] together = StateParts.with(store.get(PATIENT), parts);
        assertThat(together == null ? 0 : together.length)
                .isLessThanOrEqualTo(StateParts.atMost(store.get(PATIENT), parts));
        parts.forEach(part -> put(part.number(), part.bytes()));
        assertThat(store.get(PATIENT)).isEqualTo(together);
        return parts;
    }

    private void put(int number, byte @Nullable [] part) {
        store.put(key(number), part);
        changelog.remove(key(number));
        changelog.put(key(number), part);
    }

    private static Bytes key(int number) {
        return Bytes.wrap(PatientStore.key(PATIENT.get(), number));
    }

    private PatientState stored() {
        byte[] stored = store.get(PATIENT);
        return stored == null ? PatientState.EMPTY : PatientStateCodec.decode(stored);
    }
}
