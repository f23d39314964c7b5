package io.clinicalstreams.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.result.Conclusion;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.LevelComparison;
import io.clinicalstreams.experiment.result.ResultFiles;
import io.clinicalstreams.experiment.statistics.LevelFinding;
import io.clinicalstreams.loadgen.measure.Machine;
import io.clinicalstreams.loadgen.report.ReportCommand;
import io.clinicalstreams.loadgen.result.ResultJson;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.problem.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run: its order, what it keeps, and how it goes on after an interruption. */
final class ExperimentRunTest {

    private static final Path SCHEMA =
            Path.of(System.getProperty("project.root", "../.."), "loadgen/experiments/result.schema.json");
    private static final CatalogueFile FILE = new CatalogueFile("experiments/linger.yaml", """
            name: linger
            hypothesis: Waiting costs less CPU.
            source: a test
            evidence-for: []
            measure: produce
            topic: clinical.resource.received
            load: {scenario: valid, bytes: 0, rate: 0, warm-up: PT1S, duration: PT2S}
            figure: cpu-per-record
            least-effect: 5
            pairs: 5
            brokers: 1
            levels:
              - name: A
              - name: B
                producer: {linger.ms: 5}
            """);

    private static final Map<String, Map<String, String>> SETTINGS =
            Map.of("A", Map.of(), "B", Map.of("producer.linger.ms", "5"));

    private final Experiment experiment = ExperimentFiles.read(FILE);
    private final ResultFiles results;
    private final List<String> said = new ArrayList<>();

    ExperimentRunTest(@TempDir Path folder) {
        results = new ResultFiles(folder);
    }

    @Test
    void runsARulerAndThenTheLevelsMirrored() throws Exception {
        ScriptedTrials trials = new ScriptedTrials(0.01);

        run(trials, begin());

        assertThat(trials.order).startsWith("ruler", "ruler", "ruler", "A").hasSize(4 + 5 * 3);
        assertThat(trials.order.subList(4, 13))
                .containsExactly("ruler", "A", "B", "ruler", "B", "A", "ruler", "A", "B");
        assertThat(said).hasSize(1 + 5 * 3).last().asString().contains("0 s left");
    }

    @Test
    void findsWhatIsThereAndKeepsIt() throws Exception {
        ExperimentResult result = run(new ScriptedTrials(0.01).with("B", 9), begin());

        LevelComparison comparison = deciding(result);
        assertThat(comparison.finding()).isEqualTo(LevelFinding.BETTER);
        assertThat(comparison.changePercent()).isBetween(-11.0, -9.0);
        assertThat(result.hasVerdict(experiment)).isTrue();
        assertThat(results.find("linger")).contains(result);
    }

    @Test
    void keepsNoVerdictOfANoisyMachine() throws Exception {
        ExperimentResult result = run(new ScriptedTrials(0.2).with("B", 9), begin());

        assertThat(deciding(result).finding()).isEqualTo(LevelFinding.MACHINE_TOO_NOISY);
        assertThat(result.hasVerdict(experiment)).isFalse();
        assertThat(results.find("linger").orElseThrow().passes()).hasSize(5);
    }

    /** The rest of a pass would run on other brokers than its ruler and baseline did. */
    @Test
    void goesOnWithThePassThatWasInterrupted() throws Exception {
        assertThatThrownBy(() -> run(new ScriptedTrials(0.01).failingAfter(11), begin()))
                .hasMessage("level A: broker 0 ended");
        ExperimentResult partial = results.find("linger").orElseThrow();
        assertThat(partial.finished()).isNull();
        assertThat(partial.passes()).hasSize(3);
        ScriptedTrials rest = new ScriptedTrials(0.01);

        ExperimentResult result = run(rest, partial);

        assertThat(rest.order)
                .startsWith("ruler", "ruler", "ruler", "A", "ruler", "A", "B", "ruler")
                .hasSize(4 + 3 * 3);
        assertThat(result.passes())
                .hasSize(5)
                .startsWith(partial.passes().get(0), partial.passes().get(1));
        assertThat(result.finished()).isNotNull();
    }

    @Test
    void takesMorePassesInToACompleteRun() throws Exception {
        ExperimentResult five = run(new ScriptedTrials(0.01), begin());
        ScriptedTrials more = new ScriptedTrials(0.01);

        ExperimentResult seven = new ExperimentRun(experiment, 7, more, results::keep, said::add).from(five);

        assertThat(five.isComplete(5)).isTrue();
        assertThat(five.isComplete(7)).isFalse();
        assertThat(more.order).hasSize(4 + 2 * 3);
        assertThat(seven.passes()).hasSize(7).containsAll(five.passes());
        assertThat(seven.isComplete(7)).isTrue();
    }

    /** A verdict stays while more passes join, and with fewer passes wanted the complete ones are enough. */
    @Test
    void keepsItsConclusionWhileMorePassesJoin() throws Exception {
        ExperimentResult five = run(new ScriptedTrials(0.01), begin());
        ScriptedTrials more = new ScriptedTrials(0.01).failingAfter(9);
        assertThatThrownBy(() -> new ExperimentRun(experiment, 9, more, results::keep, said::add).from(five))
                .hasMessage("level B: broker 0 ended");

        ExperimentResult partial = results.find("linger").orElseThrow();

        assertThat(partial.passes()).hasSize(7);
        assertThat(partial.conclusion()).isEqualTo(five.conclusion());
        assertThat(partial.isComplete(6)).isTrue();
        assertThat(partial.isComplete(7)).isFalse();
        assertThat(partial.conclude(experiment).passes()).hasSize(6);
        assertThat(partial.conclude(experiment).hasVerdict(experiment)).isTrue();
    }

    /** Trials of two programs, JDKs or machines in one result would compare those. */
    @Test
    void goesOnWithTheSameProgramJdkAndMachineOnly() throws Exception {
        ExperimentResult partial = begin().withRuler(0, Map.of(Metric.CPU_PER_RECORD, 20.0));

        assertThat(partial.canGoOn(begin())).isTrue();
        assertThat(partial.canGoOn(begin("6a71955e"))).isFalse();
        assertThat(run(new ScriptedTrials(0.01), begin()).canGoOn(begin("6a71955e")))
                .isFalse();
        assertThat(begin("7ec98b01 with changes").canGoOn(begin("7ec98b01 with changes")))
                .isFalse();
        assertThat(begin("unknown").canGoOn(begin("unknown"))).isFalse();
        assertThat(partial.canGoOn(changed(partial.machine(), "another JDK"))).isFalse();
        assertThat(partial.canGoOn(changed(new Machine("another CPU", 2, 8, "Linux"), partial.java())))
                .isFalse();
    }

    @Test
    void isStaleOnceItsExperimentOrASettingChanges() {
        assertThat(begin().isStale(begin())).isFalse();
        assertThat(begin().isStale(begin(FILE.text().replace("\n", "\r\n"), SETTINGS)))
                .isFalse();
        assertThat(begin().isStale(begin(FILE.text().replace("linger.ms: 5", "linger.ms: 6"), SETTINGS)))
                .isTrue();
        assertThat(begin().isStale(begin(FILE.text(), Map.of("A", Map.of(), "B", Map.of()))))
                .isTrue();
    }

    /** Results without a method have the first ruler's figures, which drifted with the disk. */
    @Test
    void isStaleOnceTheMethodChanges() throws Exception {
        run(new ScriptedTrials(0.01), begin());
        Path file = results.file("linger");
        Files.writeString(file, Files.readString(file).replaceFirst("\\s*\"method\" : \\d+,", ""));

        assertThat(Files.readString(file)).doesNotContain("\"method\"");
        assertThat(results.find("linger").orElseThrow().isStale(begin())).isTrue();
    }

    @Test
    void isStaleOnceItsScenarioChanges(@TempDir Path folder) throws IOException {
        Path scenario = Files.writeString(folder.resolve("own.yaml"), "goal: A test.\npatients: 20\n");
        String own = FILE.text().replace("scenario: valid", "scenario: " + scenario);
        ExperimentResult before = begin(own, SETTINGS);

        Files.writeString(scenario, "goal: A test.\npatients: 30\n");

        assertThat(before.isStale(begin(own, SETTINGS))).isTrue();
    }

    @Test
    void failsAtTheFirstTrialWithoutTheFigureThatDecides() {
        ScriptedTrials trials = new ScriptedTrials(0.01).with("B", 0);

        assertThatThrownBy(() -> run(trials, begin()))
                .hasMessage("level B: the trial has no cpu-per-record above 0, and this figure decides");
        assertThat(trials.order).hasSize(7);
    }

    @Test
    void leavesOutAnotherFigureThatIs0() {
        ExperimentResult result = begin();
        for (int pass = 0; pass < 5; pass++) {
            double cpu = 10 + pass * 0.01;
            result = result.withRuler(pass, Map.of(Metric.CPU_PER_RECORD, 20.0, Metric.RECORDS_PER_SECOND, 50_000.0))
                    .with(pass, "A", Map.of(Metric.CPU_PER_RECORD, cpu, Metric.BROKER_CPU_PER_RECORD, 0.0))
                    .with(pass, "B", Map.of(Metric.CPU_PER_RECORD, 10.0, Metric.BROKER_CPU_PER_RECORD, 1.0));
        }

        assertThat(Objects.requireNonNull(result.conclude(experiment).conclusion())
                        .baselineMedians())
                .containsOnlyKeys(Metric.CPU_PER_RECORD);
    }

    @Test
    void keepsTheEarlierRunWhenItBeginsAnew() throws Exception {
        ExperimentResult first = run(new ScriptedTrials(0.01), begin());

        assertThat(first.finished()).isNotNull();
        assertThat(results.setAside("linger")).isTrue();

        assertThat(results.find("linger")).isEmpty();
        assertThat(results.setAside("linger")).isFalse();
        assertThat(results.all()).isEmpty();
        assertThat(results.file("linger").resolveSibling("earlier")).isDirectoryContaining("glob:**/linger-*.json");
    }

    @Test
    void refusesAFileThatIsNoResult() throws IOException {
        Path file = results.file("linger");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");

        assertThatThrownBy(() -> results.find("linger"))
                .hasMessageContaining("linger.json: is not a result of an experiment");
    }

    /** The first results were written before lanes could be measured. */
    @Test
    void readsAResultThatNamesNoCode() throws Exception {
        ExperimentResult complete = run(new ScriptedTrials(0.01), begin());
        Path file = results.file("linger");
        Files.writeString(file, Files.readString(file).replaceFirst("\\s*\"code\" : null,", ""));

        assertThat(Files.readString(file)).doesNotContain("\"code\"");
        assertThat(results.find("linger")).contains(complete);
    }

    /** A kill between write and move leaves such a file. */
    @Test
    void passesOverAFileThatIsHalfWritten() throws Exception {
        run(new ScriptedTrials(0.01), begin());
        Files.writeString(results.file("linger").resolveSibling("linger.json.tmp"), "{");

        assertThat(results.all()).hasSize(1);
    }

    @Test
    void leavesNoHalfWrittenFileAndSaysWhatIsKept() throws IOException {
        Path inTheWay = results.file("linger").resolve("file");
        Files.createDirectories(inTheWay);

        assertThatThrownBy(() -> results.keep(begin()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("linger.json: cannot be written: ")
                .hasMessageContaining("the trials before are kept");
        assertThat(results.file("linger").getParent().toFile().list()).containsExactly("linger.json");
    }

    @Test
    void writesWhatTheSchemaSays() throws Exception {
        ExperimentResult complete = run(new ScriptedTrials(0.01), begin());

        assertThat(problems(ResultJson.text(complete))).isEmpty();
        assertThat(problems(ResultJson.text(begin()))).isEmpty();
        assertThat(problems(ResultJson.text(complete).replace("\"finding\"", "\"found\"")))
                .isNotEmpty();
    }

    @Test
    void isDrawnByTheReport(@TempDir Path folder) throws Exception {
        ExperimentResult complete = run(new ScriptedTrials(0.01), begin());
        Path file = Files.writeString(folder.resolve("linger.json"), ResultJson.text(complete));
        Path page = folder.resolve("linger.html");

        assertThat(new CommandLine(new ReportCommand()).execute(file.toString(), "-o", page.toString()))
                .isZero();
        assertThat(Files.readString(page))
                .contains("Experiment linger on")
                .contains(complete.conclusion().comparisons().get(0).level())
                .containsAnyOf("better", "worse", "no clear difference");
    }

    private static List<String> problems(String json) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMA));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(new ObjectMapper().readTree(json))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private ExperimentResult begin() {
        return begin("7ec98b01");
    }

    private ExperimentResult begin(String commit) {
        return ExperimentResult.begin(experiment, FILE, commit, SETTINGS);
    }

    private static ExperimentResult begin(String text, Map<String, Map<String, String>> settings) {
        CatalogueFile file = new CatalogueFile(FILE.name(), text);
        return ExperimentResult.begin(ExperimentFiles.read(file), file, "7ec98b01", settings);
    }

    private ExperimentResult changed(Machine machine, String java) {
        ExperimentResult now = begin();
        return new ExperimentResult(
                now.experiment(),
                now.definition(),
                now.method(),
                now.started(),
                null,
                machine,
                java,
                now.kafka(),
                now.commit(),
                now.code(),
                now.settings(),
                now.passes(),
                null);
    }

    private ExperimentResult run(ScriptedTrials trials, ExperimentResult from) throws Exception {
        return new ExperimentRun(experiment, experiment.pairs(), trials, results::keep, said::add).from(from);
    }

    private LevelComparison deciding(ExperimentResult result) {
        Conclusion conclusion = Objects.requireNonNull(result.conclusion());
        assertThat(conclusion.baselineMedians()).containsKey(Metric.CPU_PER_RECORD);
        return conclusion.deciding(experiment).get(0);
    }
}
