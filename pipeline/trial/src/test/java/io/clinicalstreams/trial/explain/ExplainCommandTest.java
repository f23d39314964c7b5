package io.clinicalstreams.trial.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.terminal.CommandKit;
import io.clinicalstreams.trial.SilentPotassium;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeInput() throws IOException {
        Files.write(
                folder.resolve("a.ndjson"),
                List.of(
                        potassium("normal", "4.1", "mmol/L", "2026-03-01T09:00:00Z"),
                        potassium("high", "6.8", "mmol/L", "2026-03-01T10:00:00Z"),
                        potassium("again", "6.6", "mmol/L", "2026-03-01T10:10:00Z"),
                        potassium("odd", "6.6", "kg", "2026-03-01T10:20:00Z"),
                        potassium("micro", "6700", "\u03bcmol/L", "2026-03-01T10:30:00Z"),
                        potassium("old", "6.9", "mmol/L", "2026-02-01T10:00:00Z")));
    }

    @Test
    void saysWhichReadingAndRuleRaisedAnAlert() {
        assertThat(run("--observation", "high")).as(err.toString()).isZero();

        assertThat(out.toString())
                .containsPattern("input +\\S*clinical\\.resource\\.received/0/1")
                .contains("Patient/1")
                .containsPattern("reading +http://loinc.org\\|2823-3 6.8 mmol/L, final, of 2026-03-01T10:00:00Z")
                .containsPattern(
                        "rule +curated/potassium-high version [0-9a-f]+: 6.8 mmol/L is high \\(>=6.5.*\\), same unit: raised")
                .containsPattern("before +none")
                .containsPattern("after +alert [0-9a-f]{32} version 1 of curated/potassium-high: raised, high, open")
                .containsPattern("outcome +alert [0-9a-f]{32} version 1: raised, high, by curated/potassium-high");
    }

    @Test
    void explainsAnAlertByTheReadingsBehindIt() {
        assertThat(run("--observation", "high")).isZero();
        Matcher id = Pattern.compile("alert ([0-9a-f]{32})").matcher(out.toString());
        assertThat(id.find()).isTrue();
        out.getBuffer().setLength(0);

        assertThat(run(id.group(1), "-o", "json")).as(err.toString()).isZero();

        assertThat(out.toString()).contains("received/0/1").doesNotContain("received/0/2");
    }

    @Test
    void explainsASilenceByTheTimeThatPassed() throws IOException {
        Files.writeString(folder.resolve("b.ndjson"), potassium("last", "4.0", "mmol/L", "2026-03-01T15:00:00Z"));
        Path rules = Files.writeString(folder.resolve("ward.yaml"), SilentPotassium.rule("PT2H", "while-measured"));
        assertThat(run("--observation", "last", "--reference", rules.toString()))
                .as(err.toString())
                .isZero();
        Matcher id = Pattern.compile("outcome +alert ([0-9a-f]{32})").matcher(out.toString());
        assertThat(id.find()).isTrue();
        out.getBuffer().setLength(0);

        assertThat(run(id.group(1), "--reference", rules.toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .containsPattern("input +none: the time passed")
                .containsPattern("received +2026-03-01T12:30:00Z")
                .containsPattern("rule .*No potassium .*interval PT2H")
                .containsPattern("outcome +alert [0-9a-f]{32} version 1: raised, high, by ward/potassium-silent");
    }

    @Test
    void saysForWhomAReadingOfADuplicateIsEvaluated() throws IOException {
        Files.write(
                folder.resolve("b.ndjson"), List.of("""
                {"resourceType":"Patient","id":"1","link":[{"type":"replaced-by","other":{"reference":"Patient/2"}}]}""", potassium("later", "6.9", "mmol/L", "2026-03-01T15:00:00Z")));

        assertThat(explained("later"))
                .contains("evaluated for Patient/2, which replaces this patient")
                .containsPattern("before +alert [0-9a-f]{32} version 2 of curated/potassium-high: moved")
                .containsPattern("outcome +alert [0-9a-f]{32} version [0-9]+: [a-z]+, high, by curated/potassium-high")
                .contains("forwarded: observation");
    }

    @Test
    void saysWhyThereWasNoAlert() {
        assertThat(explained("normal"))
                .contains("curated/potassium-high")
                .contains("4.1 mmol/L is clear")
                .contains("no finding")
                .contains("evaluated: Observation");
        assertThat(explained("again")).contains("suppressed, cool-down").containsPattern("before +alert");
        assertThat(explained("odd")).contains("not evaluated, unit-not-convertible");
        assertThat(explained("micro")).contains("converted to mmol/L by ");
        assertThat(explained("old")).contains("not evaluated, stale");
    }

    @Test
    void saysWhatItDoesNotFind() {
        assertThat(run("--observation", "absent")).isEqualTo(1);
        assertThat(err.toString()).contains("not found");
        assertThat(run()).isEqualTo(2);
    }

    private String explained(String observation) {
        out.getBuffer().setLength(0);
        assertThat(run("--observation", observation)).as(err.toString()).isZero();
        return out.toString();
    }

    private int run(String... arguments) {
        CommandLine command = CommandKit.of(new CommandLine(new ExplainCommand()));
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--input";
        all[arguments.length + 1] = folder.toString();
        return command.execute(all);
    }

    private static String potassium(String id, String value, String unit, String effective) {
        return """
                {"resourceType":"Observation","id":"%s","status":"final","code":{"coding":[{"system":"http://loinc.org",\
                "code":"2823-3"}]},"subject":{"reference":"Patient/1"},"effectiveDateTime":"%s",\
                "valueQuantity":{"value":%s,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(id, effective, value, unit, unit);
    }
}
