package io.clinicalstreams.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {

    @TempDir
    Path folder;

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isReadByItsName(String name) {
        assertThat(Scenario.of(name).goal()).isNotBlank();
    }

    @Test
    void isOneFileOfTheUsersOwnThatSaysOnlyWhatDiffers() throws IOException {
        Scenario own = read("""
                goal: Two patients.
                patients: 2
                load:
                  - {rate: 100, to: 1_000, for: PT1M}
                  - rate: 0.5
                """);
        Scenario ordinary = Scenario.of(ScenarioFiles.ORDINARY);

        assertThat(own.patients()).isEqualTo(2);
        assertThat(own.phases())
                .isEqualTo(List.of(new Phase(100, 1_000.0, Duration.ofMinutes(1)), new Phase(0.5, null, null)));
        assertThat(own.mix()).isEqualTo(ordinary.mix());
        assertThat(own.shares()).isEqualTo(ordinary.shares());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    patients: 1                        | patients: must be from 2 to 1000000, was 1
                    patients: many                     | patients: must be a whole number, was 'many' (line 2)
                    bytes: -1                          | bytes: must be from 0 to 16777216, was -1
                    pateints: 3                        | pateints: is unknown here; known are goal, seed, patients
                    shares: {critical: 0.9}            | shares.critical: must be from 0 to 0.4, was 0.9
                    shares: {malformed: 1.5}           | shares.malformed: must be from 0 to 1, was 1.5
                    shares: {malformed: much}          | shares.malformed: must be a number, was 'much' (line 2)
                    shares: {broken: 0.1}              | shares.broken: is unknown here; known are critical, malformed
                    shares: {bundles: 1, critical: 0.1}| shares.critical: must be from 0 to 0, was 0.1
                    shares: {bundles: 1, merged: 0.1} | shares.merged: is of single valid resources, and there are none
                    shares: {malformed: 1, late: 0.5} | shares.late: is of single valid resources, and there are none
                    load:                              | load: is empty; must be a list (line 2)
                    mix: {patient: 1}                  | mix.vital-sign: is missing
                    load: [{rate: 1, to: 2}]           | load.0.to: requires for
                    load: [{rate: 1e99}]               | load.0.rate: must be from 0 to
                    load: [{rate: 0, for: PT1S}]       | load: has no record in all its phases
                    load: [{rate: 1}, {rate: 2}]       | load.0.for: is missing, and only the last phase may go on
                    load: [{rate: 1, for: 30s}]        | load.0.for: must be a duration such as PT24H, was '30s' (line 2)
                    hot-patient: 0.5                   | hot-patient: must be from 1 to 100000, was 0.5
                    bundle-entries: {fewest: 9, most: 3} | bundle-entries.fewest: must be from 1 to 3, was 9
                    """)
    void namesFileAndPathOfWhatIsWrong(String yaml, String problem) {
        assertThatThrownBy(() -> read("goal: Wrong.\n" + yaml + "\n")).hasMessageContaining("own.yaml: " + problem);
    }

    @Test
    void refusesPaddingWhereNothingIsPadded() {
        assertThatThrownBy(() -> read("goal: Wrong.\nbytes: 2000\nshares: {bundles: 1}\n"))
                .hasMessageContaining("own.yaml: bytes: only single valid resources are padded");
    }

    @Test
    void refusesAWardWhoseResultsAreNeverSent() {
        assertThatThrownBy(() -> read("goal: Wrong.\nshares: {bundles: 1}\nward: {patients: 3, after: PT1S}\n"))
                .hasMessageContaining("own.yaml: ward: its results are single valid resources");
    }

    /** The default's goal says nothing about another scenario. */
    @Test
    void requiresAGoalOfItsOwn() {
        assertThatThrownBy(() -> read("patients: 3\n")).hasMessageContaining("own.yaml: goal: is missing");
    }

    @Test
    void namesTheScenariosThereAre() {
        assertThatThrownBy(() -> Scenario.of("ordinry"))
                .hasMessageStartingWith("no scenario 'ordinry'")
                .hasMessageContaining("ordinary");
        assertThatThrownBy(() -> Scenario.of("absent.yaml")).hasMessageContaining("absent.yaml");
    }

    @Test
    void reportsEveryProblemOfAnOverride() {
        Scenario ordinary = Scenario.of(ScenarioFiles.ORDINARY);

        assertThatThrownBy(() -> ordinary.with(Share.MALFORMED, -1)).hasMessageContaining("shares.malformed: must be");
        assertThatThrownBy(() -> ordinary.withPatients(0)).hasMessageContaining("patients: must be from 2");
    }

    private Scenario read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("own.yaml"), yaml);
        return Scenario.of(file.toString());
    }
}
