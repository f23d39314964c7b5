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
import java.util.function.ToDoubleBiFunction;
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
                        "`latency-compression` \\|.*stale: the experiment, a setting, the method or Kafka has changed since");
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
        assertThat(out.toString())
                .contains("profiles/latency.yaml: producer.compression.type: becomes pending, was: experiment"
                        + " latency-compression, ");
    }

    @Test
    void keepsAStaleResultAsWhatIsKnown() throws IOException {
        keep(0.5);
        Path catalogue = catalogue();
        evidence(catalogue);
        Path json = new ResultFiles(folder).file("latency-compression");
        Files.writeString(json, Files.readString(json).replaceFirst("\"kafka\" : \"[^\"]*\"", "\"kafka\" : \"4.3.0\""));

        assertThat(evidence(catalogue)).isZero();

        assertThat(compression(catalogue).evidence())
                .startsWith("pending; experiment latency-compression, ")
                .endsWith(", worse; stale");
        Path anew = folder.resolve("anew");
        CatalogueLoader.copy(TOPICS, anew);
        String before = profile(anew);
        assertThat(evidence(anew)).isZero();
        assertThat(profile(anew)).as("what was known before").isEqualTo(before);
    }

    /** The noisier the machine, the less differs clearly: that proves no value. */
    @Test
    void leavesAValueUndecidedIfTheSpreadMayHideADifference() throws IOException {
        keep(
                FILE,
                (level, pass) -> level.equals("lz4") ? pass % 2 == 0 ? 8.0 : 12.5 : level.equals("snappy") ? 12 : 10);
        Path catalogue = catalogue();

        assertThat(evidence(catalogue)).isZero();

        assertThat(compression(catalogue).evidence())
                .startsWith("pending; experiment latency-compression, ")
                .contains("no clear difference (the spread hides up to ")
                .endsWith("; undecided");
        assertThat(out.toString()).contains("0 settings have evidence of experiments, 1 are pending with a result");
    }

    /** 5 ms is Kafka's: that waiting 0 ms is worse does not show that one must wait longer than it. */
    @Test
    void supportsAValueByTheLevelWithKafkasDefault() throws IOException {
        CatalogueFile linger = ExperimentFiles.find("throughput-linger");
        Path catalogue = catalogue();
        keep(
                linger,
                (level, pass) -> level.equals("5 ms") ? pass % 2 == 0 ? 8.0 : 12.5 : level.equals("0 ms") ? 12 : 10);
        assertThat(evidence(catalogue)).isZero();
        assertThat(linger(catalogue).evidence())
                .startsWith("pending; experiment throughput-linger, ")
                .endsWith("; undecided");

        keep(
                linger,
                (level, pass) -> level.equals("10 ms") ? pass % 2 == 0 ? 8.0 : 12.5 : level.equals("5 ms") ? 12 : 10);
        assertThat(evidence(catalogue)).isZero();
        assertThat(linger(catalogue).evidence()).startsWith("experiment throughput-linger, ");
    }

    /** An empty list of results would take back all evidence. */
    @Test
    void refusesResultsThatDoNotExist() throws IOException {
        keep(0.5);
        Path catalogue = catalogue();
        evidence(catalogue);
        String before = profile(catalogue);

        assertThat(run("evidence", "--catalogue", catalogue.toString(), "--results", folder + "/typo"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--results: there is no folder " + folder);
        assertThat(profile(catalogue)).isEqualTo(before);
    }

    @Test
    void writesNothingInADryRun() throws IOException {
        keep(0.5);
        Path catalogue = catalogue();
        String before = profile(catalogue);

        assertThat(run("evidence", "--dry-run", "--catalogue", catalogue.toString(), "--results", folder.toString()))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "profiles/latency.yaml: producer.compression.type: would be: experiment latency-compression, ")
                .contains("; nothing is written");
        assertThat(profile(catalogue)).isEqualTo(before);
        assertThat(catalogue.resolve("profiles/experiments/latency-compression.yaml"))
                .doesNotExist();
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

    private static Setting linger(Path catalogue) {
        return CatalogueLoader.load(catalogue, "development")
                .topic("clinical.observation.recorded")
                .producer()
                .get("linger.ms")
                .orElseThrow()
                .setting();
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
        return passes(FILE, drift, (level, pass) -> level.equals("snappy") ? snappy * (1 + pass * 0.001) : 10);
    }

    /** @param cpu of a record, by level and pass */
    private void keep(CatalogueFile file, ToDoubleBiFunction<String, Integer> cpu) throws IOException {
        new ResultFiles(folder).keep(passes(file, 0.5, cpu).conclude(ExperimentFiles.read(file)));
    }

    private static ExperimentResult passes(CatalogueFile file, double drift, ToDoubleBiFunction<String, Integer> cpu)
            throws IOException {
        Experiment experiment = ExperimentFiles.read(file);
        ExperimentResult result = ExperimentResult.begin(experiment, file, "7ec98b01", settings(file));
        for (int pass = 0; pass < experiment.pairs(); pass++) {
            result = result.withRuler(
                    pass,
                    Map.of(
                            Metric.CPU_PER_RECORD,
                            pass >= 4 ? 20 * (1 + drift / 100) : 20,
                            Metric.RECORDS_PER_SECOND,
                            50_000.0));
            for (FactorLevel level : experiment.order(pass)) {
                result = result.with(
                        pass, level.name(), Map.of(Metric.CPU_PER_RECORD, cpu.applyAsDouble(level.name(), pass)));
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
