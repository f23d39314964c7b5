package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientStateCodecTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyStateComesBackEqual(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            PatientState state = RandomStates.state(random);
            byte[] bytes = PatientStateCodec.encode(state);
            assertThat(PatientStateCodec.decode(bytes)).isEqualTo(state);
            assertThat(PatientStateCodec.encode(PatientStateCodec.decode(bytes)))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void beginsWithTheVersion() {
        assertThat(PatientStateCodec.encode(PatientState.EMPTY)).containsExactly(1, 0, 0);
        assertThat(PatientStateCodec.encode(RandomStates.forgottenAlert()))
                .containsExactly(2, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 5);
    }

    @Test
    void readsAStateWrittenBeforeAlertsWereForgotten() {
        byte[] bornOnTheSecondOfJanuary1970AndFemale = {1, 1 | 2 << 1, 2, 0};
        assertThat(PatientStateCodec.decode(bornOnTheSecondOfJanuary1970AndFemale))
                .isEqualTo(new PatientState(LocalDate.of(1970, 1, 2), "female", List.of()));
    }

    @Test
    void isCompact() {
        PatientState known = new PatientState(LocalDate.of(1950, 6, 1), "female", List.of());
        assertThat(PatientStateCodec.encode(known)).hasSizeLessThan(8);
        assertThat(PatientStateCodec.encode(RandomStates.ordinaryEpisode())).hasSizeBetween(100, 170);
        PatientState read = PatientState.EMPTY.with(RandomStates.potassium(), RandomStates.ordinaryReading());
        assertThat(PatientStateCodec.encode(read)).hasSizeBetween(35, 55);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 255})
    void refusesAVersionItDoesNotKnow(int version) {
        byte[] bytes = PatientStateCodec.encode(PatientState.EMPTY);
        bytes[0] = (byte) version;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatientStateCodec.decode(bytes))
                .withMessageContaining("version " + version + ",")
                .withMessageContaining("run the service version that wrote it");
    }

    @Test
    void refusesDamagedBytesWithoutRepeatingThem() {
        for (PatientState state :
                List.of(RandomStates.ordinaryEpisode(), RandomStates.forgottenAlert(), StoredStates.version5())) {
            byte[] whole = PatientStateCodec.encode(state);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> PatientStateCodec.decode(cut))
                        .withMessage("a patient's state is damaged");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PatientStateCodec.decode(Arrays.copyOf(whole, whole.length + 1)));
        }
    }

    @Test
    void neverFailsInAnotherWay() {
        byte[] whole = PatientStateCodec.encode(
                RandomStates.ordinaryEpisode().with(RandomStates.potassium(), RandomStates.ordinaryReading()));
        Random random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = whole.clone();
            mutated[1 + random.nextInt(whole.length - 1)] = (byte) random.nextInt(256);
            try {
                PatientStateCodec.decode(mutated);
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
