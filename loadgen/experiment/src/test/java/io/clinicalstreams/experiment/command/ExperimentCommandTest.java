package io.clinicalstreams.experiment.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.LevelCatalogues;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.ResultFiles;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.setting.Setting;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands, as far as they need no broker. */
final class ExperimentCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."), "loadgen", "experiments");
    private static final Path TOPICS = ROOT.resolve("../../topics").normalize();
    private static final CatalogueFile FILE = ExperimentFiles.find("latency-compression");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void listsEveryExperimentWithTheTimeThatItTakes() {
        assertThat(run("list")).isZero();

        assertThat(out.toString().lines().skip(1))
                .hasSize(ExperimentFiles.all().size())
                .anyMatch(line -> line.startsWith("throughput-linger ") && line.contains(" min "));
    }

    @Test
    void refusesAWrongExperimentBeforeAnythingRuns() throws IOException {
        Path file = Files.writeString(
                folder.resolve("latency-compression.yaml"),
                FILE.text().replace("compression.type: lz4", "compression.type: lz5"));

        assertThat(run("run", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("levels.lz4.producer.compression.type: ")
                .contains("lz5");
        assertThat(run("run", "latency")).isEqualTo(2);
        assertThat(run("run", "latency-compression", "--passes", "4")).isEqualTo(2);
        assertThat(err.toString())
                .contains("no experiment 'latency'; there are")
                .contains("--passes: must be at least 5");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsACompleteResultInsteadOfRunningAgain() throws IOException {
        keep(0.5);

        assertThat(run("run", "latency-compression", "--results", folder.toString()))
                .isZero();

        assertThat(err.toString()).contains("latency-compression.json is complete; --restart runs it anew");
        assertThat(out.toString())
                .contains("cpu-per-record (decides)")
                .containsPattern("snappy +12\\.\\d\\d us +\\+20\\.\\d % +.*worse")
                .contains("rulers drifted: cpu-per-record 0.5 %");
    }

    /** As after an interruption of --passes 20 and a call without it. */
    @Test
    void concludesFromCompletePassesWithoutRunningAgain() throws IOException {
        int next = ExperimentFiles.read(FILE).pairs();
        ResultFiles kept = new ResultFiles(folder);
        kept.keep(passes(0.5).withRuler(next, Map.of(Metric.CPU_PER_RECORD, 20.0)));

        assertThat(run("run", "latency-compression", "--results", folder.toString()))
                .isZero();

        ExperimentResult result = kept.find("latency-compression").orElseThrow();
        assertThat(result.passes()).hasSize(next);
        assertThat(result.finished()).isNotNull();
        assertThat(out.toString()).contains("cpu-per-record (decides)").contains("worse");
    }

    /** A profile's value counts, too. */
    @Test
    void callsAResultOfAnotherEnvironmentStale() throws IOException {
        keep(0.5);

        assertThat(run("table", "--results", folder.toString(), "-e", "production"))
                .isZero();

        assertThat(out.toString())
                .containsPattern(
                        "`latency-compression` \\|.*stale: the experiment, a setting or Kafka has changed since");
    }

    @Test
    void endsWith3IfTheMachineWasTooNoisy() throws IOException {
        keep(9);

        assertThat(run("run", "latency-compression", "--results", folder.toString()))
                .isEqualTo(3);

        assertThat(out.toString())
                .contains("machine too noisy, no verdict is kept")
                .doesNotContain("worse");
    }

    @Test
    void printsTheTableOfTheReadme() throws IOException {
        assertThat(run("table", "--results", ROOT.resolve("results").toString()))
                .isZero();

        assertThat(Files.readString(ROOT.resolve("README.md")))
                .as("loadgen/experiments/README.md must have the table of `loadgen experiment table`:\n" + out)
                .contains(out.toString());
    }

    @Test
    void printsTheTableOfTheWholeTuning() throws IOException {
        String results = ROOT.resolve("results").toString();
        assertThat(run("table", "whole-tuning-throughput", "whole-tuning-latency", "--results", results))
                .isZero();

        assertThat(Files.readString(ROOT.resolve("README.md")))
                .as("loadgen/experiments/README.md must have the table of `loadgen experiment table"
                        + " whole-tuning-throughput whole-tuning-latency`:\n" + out)
                .contains(out.toString());
    }

    @Test
    void tabulatesEveryFigureOfAnExperiment() throws IOException {
        keep(0.5);

        assertThat(run("table", "latency-compression", "throughput-batch", "--results", folder.toString()))
                .isZero();

        assertThat(out.toString().lines())
                .anyMatch(line ->
                        line.startsWith("| `latency-compression` | cpu-per-record | none: 10.00 us | lz4: +0.0 %"))
                .anyMatch(line -> line.startsWith("| `throughput-batch` | cpu-per-record | not run yet | "));
        assertThat(run("table", "no-such", "--results", folder.toString())).isEqualTo(2);
    }

    @Test
    void tabulatesWhatAResultSays() throws IOException {
        keep(0.5);

        assertThat(run("table", "--results", folder.toString())).isZero();

        assertThat(out.toString())
                .containsPattern("`latency-compression` \\|.*cpu-per-record, none: 10\\.00 us;"
                        + " lz4: \\+0\\.0 % .*, no clear difference; snappy: \\+20\\.\\d % .*, worse \\|")
                .contains("| `throughput-linger` |")
                .contains("not run yet: 20 ms; 0 ms; 5 ms; 10 ms");
    }

    /** As after a result was added: the profile points to it, and the catalogue can be loaded. */
    @Test
    void writesAResultIntoTheProfileThatItIsAbout() throws IOException {
        keep(0.5);
        Path catalogue = catalogue();

        assertThat(evidence(catalogue)).isZero();

        Setting setting = compression(catalogue);
        assertThat(setting.isPending()).isFalse();
        assertThat(setting.evidence())
                .startsWith("experiment latency-compression, ")
                .contains(" cpu-per-record 10.00 us at none; lz4: +0.0 % ")
                .contains("snappy: +20.");
        String written = profile(catalogue);
        assertThat(evidence(catalogue)).isZero();
        assertThat(profile(catalogue)).isEqualTo(written);
    }

    @Test
    void leavesAValueOpenIfAnotherLevelIsBetter() throws IOException {
        new ResultFiles(folder).keep(passes(0.5, 8).conclude(ExperimentFiles.read(FILE)));
        Path catalogue = catalogue();

        assertThat(evidence(catalogue)).isEqualTo(3);

        assertThat(out.toString())
                .contains("profiles/latency.yaml: producer.compression.type: another value is better: experiment"
                        + " latency-compression, ");
        assertThat(compression(catalogue).evidence()).startsWith("pending; experiment latency-compression, ");
    }

    /** A claim whose result is gone or no longer about the same thing is none. */
    @Test
    void takesBackWhatHasNoResultAnyMore() throws IOException {
        keep(0.5);
        Path catalogue = catalogue();
        evidence(catalogue);
        Files.delete(new ResultFiles(folder).file("latency-compression"));

        assertThat(evidence(catalogue)).isZero();

        assertThat(compression(catalogue).evidence()).isEqualTo("pending");
    }

    @Test
    void takesNothingFromANoisyMachine() throws IOException {
        keep(9);
        Path catalogue = catalogue();
        String before = profile(catalogue);

        assertThat(evidence(catalogue)).isZero();

        assertThat(profile(catalogue)).isEqualTo(before);
    }

    /** Each pointer exists, says what its result says, and the value is the one that the result supports. */
    @Test
    void agreesWithTheProfilesOfThisRepository() throws IOException {
        Path catalogue = folder.resolve("topics");
        CatalogueLoader.copy(TOPICS, catalogue);

        assertThat(run(
                        "evidence",
                        "--catalogue",
                        catalogue.toString(),
                        "--results",
                        ROOT.resolve("results").toString()))
                .isIn(0, 3);

        try (Stream<Path> files = Files.walk(TOPICS.resolve("profiles"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(catalogue.resolve(TOPICS.relativize(file).toString()))
                        .as("run ./clinical-streams loadgen experiment evidence")
                        .hasSameTextualContentAs(file);
            }
        }
    }

    @Test
    void saysWhichResultsAreOlderThanTheLanesCode() throws IOException {
        CatalogueFile file = ExperimentFiles.find("recording-commit");
        ExperimentResult now = ExperimentResult.begin(ExperimentFiles.read(file), file, "7ec98b01", settings(file));
        new ResultFiles(folder).keep(now);
        assertThat(run("list", "--results", folder.toString())).isZero();
        assertThat(out.toString()).containsPattern("recording-commit .* interrupted ");

        Path json = new ResultFiles(folder).file("recording-commit");
        Files.writeString(json, Files.readString(json).replace(String.valueOf(now.code()), "0123456789abcdef"));
        assertThat(run("list", "--results", folder.toString())).isZero();

        assertThat(out.toString()).containsPattern("recording-commit .* stale: the lanes' code has changed since ");
    }

    private Path catalogue() throws IOException {
        Path catalogue = folder.resolve("topics");
        CatalogueLoader.copy(TOPICS, catalogue);
        return catalogue;
    }

    private int evidence(Path catalogue) {
        return run("evidence", "--catalogue", catalogue.toString(), "--results", folder.toString());
    }

    private static String profile(Path catalogue) throws IOException {
        return Files.readString(catalogue.resolve("profiles").resolve("latency.yaml"));
    }

    private static Setting compression(Path catalogue) {
        return CatalogueLoader.load(catalogue, "development")
                .topic("clinical.alert.generated")
                .producer()
                .get("compression.type")
                .orElseThrow()
                .setting();
    }

    /** A complete result in which snappy costs 20 % more. */
    private void keep(double drift) throws IOException {
        new ResultFiles(folder).keep(passes(drift).conclude(ExperimentFiles.read(FILE)));
    }

    private ExperimentResult passes(double drift) throws IOException {
        return passes(drift, 12);
    }

    private ExperimentResult passes(double drift, double snappy) throws IOException {
        Experiment experiment = ExperimentFiles.read(FILE);
        ExperimentResult result = ExperimentResult.begin(experiment, FILE, "7ec98b01", settings(FILE));
        for (int pass = 0; pass < experiment.pairs(); pass++) {
            result = result.withRuler(
                    pass,
                    Map.of(
                            Metric.CPU_PER_RECORD,
                            pass >= 4 ? 20 * (1 + drift / 100) : 20,
                            Metric.RECORDS_PER_SECOND,
                            50_000.0));
            for (FactorLevel level : experiment.order(pass)) {
                double noise = 1 + pass * 0.001;
                double cpu = level.name().equals("snappy") ? snappy * noise : 10;
                result = result.with(pass, level.name(), Map.of(Metric.CPU_PER_RECORD, cpu));
            }
        }
        return result;
    }

    private static Map<String, Map<String, String>> settings(CatalogueFile file) throws IOException {
        Path catalogue = Files.createTempDirectory("experiment-command-test-");
        try {
            CatalogueLoader.copy(catalogue);
            return LevelCatalogues.of(ExperimentFiles.read(file), file.name(), "development", catalogue)
                    .inEffect();
        } finally {
            LocalCluster.delete(catalogue);
        }
    }

    private int run(String... arguments) {
        return CommandKit.of(new CommandLine(new ExperimentCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
