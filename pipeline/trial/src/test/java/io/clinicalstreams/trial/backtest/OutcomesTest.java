package io.clinicalstreams.trial.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clinicalstreams.topics.problem.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {

    private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void readsHoursTimesAndStaysWithoutAnOnset() throws IOException {
        Outcomes outcomes = read("""
                patient,age,hours,label
                p1,68.2,9,1
                Patient/p2,36,46,
                p3,50,,2026-01-03T00:00:00Z
                """);

        assertThat(outcome(outcomes, "Patient/p1").onset(ZERO)).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(outcome(outcomes, "Patient/p2").onset(ZERO)).isNull();
        assertThat(outcome(outcomes, "Patient/p3").onset(ZERO)).isEqualTo("2026-01-03T00:00:00Z");
        assertThat(outcome(outcomes, "Patient/p1").days(Duration.ofDays(7))).isEqualTo(9 / 24.0);
        assertThat(outcome(outcomes, "Patient/p3").days(Duration.ofDays(7))).isEqualTo(7);
    }

    @Test
    void readsWhatASpreadsheetWrites() throws IOException {
        Outcomes outcomes = read("\uFEFF\"patient\",\"label\"\r\n\"p1\",\"2.5\"\r\n\r\n");

        assertThat(outcome(outcomes, "Patient/p1").onset(ZERO)).isEqualTo("2026-01-01T02:30:00Z");
    }

    @Test
    void takesTheColumnOnsetOrTheLastOneUnlessAnotherIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("outcomes.csv"), "patient,onset,hours\np1,1,9\n");
        assertThat(outcome(Outcomes.read(file, null), "Patient/p1").onset(ZERO)).isEqualTo("2026-01-01T01:00:00Z");

        Files.writeString(file, "patient,hours,sepsis\np1,9,3\n");
        assertThat(outcome(Outcomes.read(file, null), "Patient/p1").onset(ZERO)).isEqualTo("2026-01-01T03:00:00Z");
    }

    @Test
    void namesTheRowAndNeverItsContent() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> read("patient,label\nAda,soon\n"))
                .withMessageContaining("row 1 of ")
                .withMessageNotContainingAny("Ada", "soon");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> read("patient,label\nAda,1,2\n"))
                .withMessageContaining("is not CSV, or has too many or too few cells")
                .withMessageNotContaining("Ada");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> read("patient,label\nAda,1\nAda,\n"))
                .withMessageContaining("outcomes.csv repeats a patient");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> read("patient,onset\nAda,1\n"))
                .withMessageContaining("has no column 'label'");
    }

    private Outcomes read(String text) throws IOException {
        return Outcomes.read(Files.writeString(folder.resolve("outcomes.csv"), text), "label");
    }

    private static Outcomes.Outcome outcome(Outcomes outcomes, String patient) {
        return Objects.requireNonNull(outcomes.byPatient().get(patient));
    }
}
