package io.clinicalstreams.trial.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.terminal.CommandKit;
import io.clinicalstreams.trial.SilentPotassium;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BacktestCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFiles() throws IOException {
        rules("loose", ">=6.5");
        rules("<strict>", ">=5.5");
        Files.write(
                folder.resolve("stays.ndjson"),
                List.of(
                        potassium("1-0", "1", "4.0", "00"),
                        potassium("1-2", "1", "6.6", "02"),
                        potassium("1-3", "1", "6.7", "03"),
                        potassium("2-0", "2", "4.0", "00"),
                        potassium("2-4", "2", "5.6", "04"),
                        potassium("3-0", "3", "5.7", "00")));
        Files.writeString(folder.resolve("outcomes.csv"), "patient,hours,label\n1,24,6\n2,24,8\nabsent,24,3\n");
    }

    @Test
    void saysWhatEachRuleSetForeseesAndWhatTheSecondAdds() throws IOException {
        assertThat(run("-o", "json")).as(err.toString()).isZero();

        JsonNode sets = new ObjectMapper().readTree(out.toString());
        JsonNode loose = sets.get(0);
        JsonNode strict = sets.get(1);
        assertThat(loose.at("/measures/stays").asInt()).isEqualTo(2);
        assertThat(loose.at("/measures/sensitivity/value").asDouble()).isEqualTo(50);
        assertThat(strict.at("/measures/sensitivity/value").asDouble()).isEqualTo(100);
        assertThat(loose.at("/measures/leadHours/value").asDouble()).isEqualTo(4);
        assertThat(loose.at("/measures/pagesPer100Days/value").asDouble()).isEqualTo(50);
        assertThat(loose.at("/measures/byRule/0/suppressed").asInt()).isEqualTo(1);
        assertThat(loose.path("differences")).isEmpty();
        assertThat(strict.path("differences").findValuesAsText("kind")).containsExactly("added", "added");
        assertThat(strict.path("curve")).hasSize(1);
        assertThat(err.toString())
                .contains(
                        "left out: 1 patients of the outcomes without a dated reading, 1 patients of the input without an outcome");
    }

    @Test
    void printsATableAndWritesAPageWithoutMarkupOfTheUsers() throws IOException {
        Path report = folder.resolve("report.html");

        assertThat(run("--report", report.toString())).as(err.toString()).isZero();

        assertThat(out.toString()).contains("pages per 100 patient-days").contains("sensitivity, %");
        assertThat(Files.readString(report))
                .startsWith("<!DOCTYPE html>")
                .contains("<svg ")
                .contains("Patient/2")
                .contains("&lt;strict&gt;.yaml")
                .doesNotContain("<strict>");
    }

    @Test
    void givesTheSameEachTime() {
        assertThat(run("-o", "json")).isZero();
        String once = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run("-o", "json")).isZero();

        assertThat(out).hasToString(once);
    }

    @Test
    void theSilenceAfterAStayIsNoAlertOfIt() throws IOException {
        Files.writeString(folder.resolve("loose.yaml"), SilentPotassium.rule("PT50M", "while-measured"));
        Files.writeString(folder.resolve("outcomes.csv"), "patient,hours,onset\n1,3,\n2,4,\n");

        assertThat(run("-o", "json")).as(err.toString()).isZero();

        JsonNode sets = new ObjectMapper().readTree(out.toString());
        JsonNode byRule = sets.at("/0/measures/byRule");
        assertThat(sets.at("/1/differences").findValuesAsText("kind").stream().filter("lost"::equals))
                .hasSize(3);
        assertThat(byRule.get(0).path("rule").asText()).isEqualTo("ward/potassium-silent");
        assertThat(byRule.get(0).path("raised").asInt()).isEqualTo(3);
    }

    private int run(String... more) {
        CommandLine command = CommandKit.of(new CommandLine(new BacktestCommand()));
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(List.of(
                "--rules", folder.resolve("loose.yaml").toString(),
                "--rules", folder.resolve("<strict>.yaml").toString(),
                "--input", folder.resolve("stays.ndjson").toString(),
                "--outcomes", folder.resolve("outcomes.csv").toString()));
        arguments.addAll(Arrays.asList(more));
        return command.execute(arguments.toArray(new String[0]));
    }

    private void rules(String name, String limit) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), """
                owner: ward
                defaults: {max-age: PT24H, cool-down: PT12H}
                rules:
                  - id: potassium
                    title: Potassium high
                    analyte: "potassium"
                    source: "the ward"
                    variants:
                      - codes: [2823-3]
                        unit: "mmol/L"
                        levels: {high: "%s"}
                        clear: "<5.0"
                """.formatted(limit));
    }

    private static String potassium(String id, String patient, String value, String hour) {
        return """
                {"resourceType":"Observation","id":"%s","status":"final","code":{"coding":[{"system":"http://loinc.org",\
                "code":"2823-3"}]},"subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-01-01T%s:00:00Z",\
                "valueQuantity":{"value":%s,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}""".formatted(id, patient, hour, value);
    }
}
