package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads states as stored by earlier versions of the service: changelogs contain them as long as a patient has alerts.
 * The bytes never change. A change that breaks this test needs a new format version:
 *
 * <ol>
 *   <li>add the version to {@link PatientStateCodec} and keep reading the ones before it;
 *   <li>add a state that contains everything new to {@link StoredStates}, and its version here;
 *   <li>run this test: it fails and writes {@code target/patient-state-N.hex}; put that file with the others. Never
 *       remove them.
 * </ol>
 */
class StoredStateTest {

    private static final Map<Integer, PatientState> STATES = Map.of(
            1, StoredStates.version1(),
            2, StoredStates.version2(),
            3, StoredStates.version3(),
            4, StoredStates.version4(),
            5, StoredStates.version5(),
            6, StoredStates.version6(),
            7, StoredStates.version7());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void readsAndWritesTheBytesOfEachVersion(int version) throws IOException {
        PatientState state = Objects.requireNonNull(STATES.get(version));
        byte[] written = PatientStateCodec.encode(state);
        byte[] stored = stored(version, written);

        assertThat(stored[0]).isEqualTo((byte) version);
        assertThat(PatientStateCodec.decode(stored)).isEqualTo(state);
        assertThat(written).isEqualTo(stored);
    }

    @Test
    void readsAndWritesTheBytesOfParts() throws IOException {
        PatientState state = StoredStates.version6().with(RandomStates.potassium(), RandomStates.ordinaryReading());
        byte[] written = StateParts.with(null, new StoredState(null).changes(state));
        byte[] stored = stored("parts", Objects.requireNonNull(written));

        assertThat(PatientStateCodec.decode(stored)).isEqualTo(state);
        assertThat(written).isEqualTo(stored);
    }

    private static byte[] stored(Object version, byte[] written) throws IOException {
        String name = "patient-state-" + version + ".hex";
        try (InputStream file = StoredStateTest.class.getResourceAsStream(name)) {
            if (file == null) {
                Path made = Path.of("target", name);
                Files.writeString(made, HexFormat.of().formatHex(written).replaceAll("(.{120})", "$1\n") + "\n");
                throw new AssertionError(name + " is missing; the bytes that are written now are in " + made);
            }
            String digits = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
        }
    }
}
