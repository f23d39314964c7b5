package io.clinicalstreams.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {

    private static final String RULES = """
            owner: ward
            defaults: {max-age: PT24H, cool-down: PT1H}
            rules:
              - id: potassium-strict
                title: Potassium above five
                analyte: "potassium"
                source: "the ward"
                variants:
                  - codes: [2823-3]
                    unit: "mmol/L"
                    levels: {high: ">5.0"}
                    clear: "<=5.0"
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeInput() throws IOException {
        Files.write(
                folder.resolve("a.ndjson"),
                List.of(
                        TrialInput.text(TrialInput.potassium("k1", "1", "6.8", "2026-03-01T10:00:00Z")),
                        TrialInput.text(TrialInput.potassium("k2", "1", "5.5", "2026-03-01T11:00:00Z"))));
        Files.writeString(folder.resolve("notes.txt"), "not an input file");
    }

    @Test
    void printsADetectedIssueALineAndThenTheSummary() throws IOException {
        assertThat(run("--input", folder.toString(), "-o", "json")).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(json(lines.get(0)).path("resourceType").asText()).isEqualTo("DetectedIssue");
        JsonNode summary = json(lines.get(2)).path("summary");
        assertThat(summary.path("resources").asLong()).isEqualTo(2);
        assertThat(summary.path("accounted").asBoolean()).isTrue();
        assertThat(summary.at("/outcomes/evaluated/Observation").asLong()).isEqualTo(2);
        assertThat(summary.at("/findings/alerts/raised").asLong()).isEqualTo(1);
        assertThat(summary.at("/findings/alerts/resolved").asLong()).isEqualTo(1);
        assertThat(err.toString()).contains("skipped 1 files with other names");
    }

    @Test
    void printsALineForEachAlertAndATable() {
        assertThat(run("--input", folder.toString())).isZero();

        assertThat(out.toString())
                .contains("Potassium high")
                .contains("resolved")
                .containsPattern("resources +2")
                .containsPattern("alerts +raised +1");
    }

    @Test
    void evaluatesWithTheRulesOfAFile() throws IOException {
        Path rules = Files.writeString(folder.resolve("ward.yaml"), RULES);

        assertThat(run("--input", folder.resolve("a.ndjson").toString(), "--reference", rules.toString()))
                .isZero();

        assertThat(out.toString()).contains("Potassium above five").doesNotContain("Potassium high");
    }

    @Test
    void raisesSilencesOfAdmittedPatientsUpToTheLatestTimeInTheFiles() throws IOException {
        Path rules = Files.writeString(folder.resolve("ward.yaml"), SilentPotassium.rule("PT2H", "while-admitted"));
        Path stays = Files.write(
                folder.resolve("stays.ndjson"),
                List.of(
                        encounter("1", "in-progress"),
                        TrialInput.text(TrialInput.potassium("k1", "1", "4.1", "2026-03-01T10:00:00Z")),
                        TrialInput.text(TrialInput.potassium("k2", "1", "4.1", "2026-03-01T14:00:00Z")),
                        encounter("2", "finished"),
                        TrialInput.text(TrialInput.potassium("k3", "2", "4.1", "2026-03-01T10:00:00Z")),
                        encounter("3", "in-progress"),
                        TrialInput.text(TrialInput.potassium("k4", "3", "4.1", "2026-03-01T14:00:00Z")),
                        encounter("3", "finished"),
                        TrialInput.text(TrialInput.potassium("k5", "4", "4.1", "2026-03-01T16:30:00Z"))));

        assertThat(run("--input", stays.toString(), "--reference", rules.toString()))
                .isZero();

        assertThat(out.toString().lines().filter(line -> line.contains("No potassium")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("2026-03-01T12:00:00Z", "raised", "Patient/1"),
                        answered -> assertThat(answered).contains("2026-03-01T14:00:00Z", "resolved", "Patient/1"),
                        atTheEnd -> assertThat(atTheEnd).contains("2026-03-01T16:00:00Z", "raised", "Patient/1"));
        assertThat(out.toString()).containsPattern("learned +Encounter +4");
    }

    private static String encounter(String patient, String status) {
        return """
                {"resourceType":"Encounter","id":"e%1$s","status":"%2$s","class":{"code":"IMP",\
                "system":"http://terminology.hl7.org/CodeSystem/v3-ActCode"},\
                "subject":{"reference":"Patient/%1$s"}}""".formatted(patient, status);
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThat(run("--input", folder.resolve("absent.ndjson").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("absent.ndjson");
        assertThat(run(
                        "--input",
                        folder.toString(),
                        "--reference",
                        folder.resolve("absent").toString()))
                .isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine command = CommandKit.of(new CommandLine(new EvaluateCommand()));
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }
}
