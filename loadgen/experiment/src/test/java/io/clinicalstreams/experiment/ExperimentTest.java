package io.clinicalstreams.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An experiment's file: what it says, and how each error in it is named. */
final class ExperimentTest {

    static final String LINGER = """
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
              - name: 0 ms
                producer: {linger.ms: 0}
              - name: 5 ms
                producer: {linger.ms: 5, enable.idempotence: true}
                topic: {segment.ms: 3600000}
                partitions: 3
              - name: as it is
            """;

    @Test
    void isReadWithTheDifferencesOfItsLevels() {
        Experiment experiment = read(LINGER);

        assertThat(experiment.baseline()).isEqualTo("0 ms");
        assertThat(experiment.levels().get(1).producer())
                .containsOnly(Map.entry("linger.ms", "5"), Map.entry("enable.idempotence", "true"));
        assertThat(experiment.levels().get(1).topic()).containsEntry("segment.ms", "3600000");
        assertThat(experiment.levels().get(2).producer()).isEmpty();
    }

    /** A B C, C B A: a machine that becomes slower does so for all levels. */
    @Test
    void runsEveryOtherPassBackwards() {
        Experiment experiment = read(LINGER);

        assertThat(names(experiment, 0)).containsExactly("0 ms", "5 ms", "as it is");
        assertThat(names(experiment, 1)).containsExactly("as it is", "5 ms", "0 ms");
        assertThat(names(experiment, 2)).isEqualTo(names(experiment, 0));
    }

    @Test
    void namesEveryErrorWithFileAndPath() {
        String wrong = LINGER.replace("pairs: 5", "pairs: 4")
                .replace("least-effect: 5", "least-effect: 0")
                .replace("brokers: 1", "brokers: 0")
                .replace("name: 5 ms", "name: 0 ms");

        assertThatThrownBy(() -> read(wrong))
                .hasMessageContaining("experiments/linger.yaml: pairs: must be at least 5, was 4")
                .hasMessageContaining("experiments/linger.yaml: least-effect: must be at least 1, was 0")
                .hasMessageContaining("experiments/linger.yaml: brokers: must be at least 1, was 0")
                .hasMessageContaining("experiments/linger.yaml: levels: there are two levels '0 ms'");
    }

    @Test
    void refusesAFactorThatItDoesNotKnow() {
        assertThatThrownBy(() -> read(LINGER.replace("partitions: 3", "partition: 3")))
                .hasMessageContaining("experiments/linger.yaml: levels.5 ms.partition: is unknown here")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
                .extracting(CommandException::exitCode)
                .isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void refusesAFigureOrALoadThatCannotBe() {
        assertThatThrownBy(() -> read(LINGER.replace("cpu-per-record", "cpu-per-recrod")))
                .hasMessageContaining("experiments/linger.yaml: figure: must be one of alert-p50");
        assertThatThrownBy(() -> read(LINGER.replace("cpu-per-record", "confirmed-p99")))
                .hasMessageContaining("figure: confirmed-p99 requires a load.rate above 0");
        assertThatThrownBy(() -> read(LINGER.replace("rate: 0", "rate: -1")))
                .hasMessageContaining("experiments/linger.yaml: load.rate: must be at least 0, was -1");
        assertThatThrownBy(() -> read(LINGER.replace("bytes: 0", "bytes: 9000000")))
                .hasMessageContaining("experiments/linger.yaml: load.bytes: must be at most 1048576");
        assertThatThrownBy(() -> read(LINGER.replace("scenario: valid", "scenario: walid")))
                .hasMessageContaining("experiments/linger.yaml: load.scenario: no scenario 'walid'");
        assertThatThrownBy(() -> read(LINGER.replace("duration: PT2S", "duration: PT0S")))
                .hasMessageContaining("experiments/linger.yaml: load.duration: must be at least 1 ms");
        assertThatThrownBy(() -> read(LINGER.replace("duration: PT2S", "duration: PT1S")))
                .hasMessageContaining("experiments/linger.yaml: load.duration: must be more than 1 s");
    }

    /** Nothing would be padded: seen before brokers start. */
    @Test
    void refusesASizeThatItsScenarioCannotHave() {
        assertThatThrownBy(() -> read(LINGER.replace("scenario: valid, bytes: 0", "scenario: bulk-load, bytes: 900")))
                .hasMessageContaining("experiments/linger.yaml: load.bytes: only single valid resources are padded");
    }

    static final String CATCH_UP = LINGER.replace("measure: produce", "measure: catch-up\nlane: recording")
            .replace("rate: 0,", "rate: 0, records: 1000,")
            .replace("producer: {linger.ms: 0}", "lane: {producer.linger.ms: 0}")
            .replace("producer: {linger.ms: 5, enable.idempotence: true}", "lane: {commit.interval.ms: 50}");

    @Test
    void hasALaneWithItsSettings() {
        Experiment experiment = read(CATCH_UP);

        assertThat(experiment.lane()).isEqualTo("recording");
        assertThat(experiment.load().loaded()).isEqualTo(1_000);
        assertThat(experiment.levels().get(1).lane()).containsOnly(Map.entry("commit.interval.ms", "50"));
        assertThat(experiment.takes(1, 0)).isGreaterThan(read(LINGER).takes(1, 0));
    }

    /** A level without effect would be compared with itself. */
    @Test
    void refusesWhatItsMeasureDoesNotUse() {
        assertThatThrownBy(() -> read(LINGER.replace("partitions: 3", "lane: {commit.interval.ms: 5}")))
                .hasMessageContaining("experiments/linger.yaml: levels.5 ms.lane: has no effect on measure produce");
        assertThatThrownBy(
                        () -> read(LINGER + "    instances: 2\n    standbys: 1\n    consumer: {max.poll.records: 5}\n"))
                .hasMessageContaining("levels.as it is.instances: has no effect on measure produce")
                .hasMessageContaining("levels.as it is.standbys: has no effect on measure produce")
                .hasMessageContaining("levels.as it is.consumer: has no effect on measure produce");
        assertThatThrownBy(() -> read(CATCH_UP.replace("lane: {commit.interval.ms: 50}", "producer: {linger.ms: 5}")))
                .hasMessageContaining("levels.5 ms.producer: has no effect on measure catch-up");
        assertThatThrownBy(() -> read(LINGER.replace("rate: 0,", "rate: 0, records: 1000,")))
                .hasMessageContaining("experiments/linger.yaml: load.records: has no effect on measure produce");
        assertThatThrownBy(() -> read(LINGER.replace("cpu-per-record", "alert-p50")))
                .hasMessageContaining("experiments/linger.yaml: figure: measure produce has no alert-p50");
    }

    @Test
    void requiresWhatItsMeasureNeeds() {
        assertThatThrownBy(() -> read(CATCH_UP.replace("lane: recording\n", "")))
                .hasMessageContaining("experiments/linger.yaml: lane: is required by measure catch-up");
        assertThatThrownBy(() -> read(CATCH_UP.replace("records: 1000,", "")))
                .hasMessageContaining("experiments/linger.yaml: load.records: is required by measure catch-up");
        assertThatThrownBy(() -> read(CATCH_UP.replace("measure: catch-up", "measure: restore")))
                .hasMessageContaining("experiments/linger.yaml: load.rate: must be above 0 for measure restore");
        assertThatThrownBy(() -> read(LINGER.replace("evidence-for: []", "evidence-for: [linger.ms]")))
                .hasMessageContaining("evidence-for: must be such as 'profiles/throughput.yaml: producer.linger.ms'");
    }

    /** A file may be a stranger's: no option runs a program, loads an agent or writes elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:OnOutOfMemoryError=touch /tmp/x",
                "-javaagent:x.jar",
                "-agentpath:/tmp/x.so",
                "@file",
                "-jar",
                "Main",
                "-Xlog:gc*",
                "-XX:+PrintFlagsFinal",
                "-XX:Flags=x",
                "-XX:MaxHeapSize=1g -jar"
            })
    void refusesAnOptionOfTheJvmThatDoesMoreThanTune(String option) {
        assertThatThrownBy(() -> read(LINGER + "    jvm: [-Xmx1g, \"" + option + "\"]\n"))
                .hasMessageContaining("experiments/linger.yaml: levels.as it is.jvm: '" + option + "' is not allowed");
    }

    @Test
    void takesOptionsOfMemoryAndCollection() {
        String options = "[-Xmx512m, -XX:+UseParallelGC, -XX:-UseStringDeduplication, -XX:MaxGCPauseMillis=20]";

        assertThat(read(LINGER + "    jvm: " + options + "\n").levels().get(2).jvm())
                .hasSize(4);
    }

    @Test
    void refusesASingleLevelAndAnotherFilesName() {
        int second = LINGER.indexOf("  - name: 5 ms");
        assertThatThrownBy(() -> read(LINGER.substring(0, second)))
                .hasMessageContaining("levels: must be at least two");
        assertThatThrownBy(() -> read(LINGER.replace("name: linger\n", "name: other\n")))
                .hasMessageContaining("experiments/linger.yaml: name: must be the file's name, linger");
    }

    @Test
    void isFoundByItsNameOrNot() {
        assertThat(ExperimentFiles.find("throughput-linger").name()).isEqualTo("experiments/throughput-linger.yaml");
        assertThatThrownBy(() -> ExperimentFiles.find("throughput-linge"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no experiment 'throughput-linge'; there are")
                .hasMessageContaining("throughput-linger");
        assertThatThrownBy(() -> ExperimentFiles.find("no/such.yaml"))
                .hasMessageContaining("no/such.yaml: does not exist");
    }

    static Experiment read(String text) {
        return ExperimentFiles.read(new CatalogueFile("experiments/linger.yaml", text));
    }

    private static List<String> names(Experiment experiment, int pass) {
        return experiment.order(pass).stream().map(FactorLevel::name).toList();
    }
}
