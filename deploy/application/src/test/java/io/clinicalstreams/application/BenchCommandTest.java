package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On its own broker and far too short for meaningful numbers, which are not asserted. */
@Tag("broker")
@Tag("alone")
class BenchCommandTest {

    private static final Path PEERS = Path.of(System.getProperty("project.root", "../.."), "deploy/peers");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresBothLanesAndTheirBareTopologies() throws Exception {
        int exitCode = bench("--records=5000", "--warm-up-rounds=0", "--repeats=1", "-o=json");

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString());
        for (String topology : List.of(
                "pass-through", "recording-lane", "recording-lane-full", "stateful-pass-through", "alerting-lane")) {
            JsonNode figures = result.path("topologies").path(topology);
            assertThat(figures.path("recordsPerSecond").path("median").doubleValue())
                    .as(topology)
                    .isPositive();
            assertThat(figures.path("threads").intValue()).as(topology).isEqualTo(1);
            assertThat(figures.path("cpuMicrosPerRecord").path("median").doubleValue())
                    .as(topology)
                    .isPositive();
        }
        assertThat(result.path("input").path("alerts").longValue()).isPositive();
        assertThat(result.path("input").path("stateBytesPerPut").intValue()).isGreaterThan(1);
        assertThat(result.path("ratios")).hasSize(3);
    }

    /** Each output is compared with the input, so a system that loses a record, or writes one twice, has no figure. */
    @Test
    void measuresEveryOtherSystem() throws Exception {
        System.setProperty("clinical-streams.peers", PEERS.toString());
        String java = System.getProperty("java.home");

        int exitCode = bench(
                "--against=all", "--java=" + java, "--records=2000", "--warm-up-rounds=0", "--repeats=1", "-o=json");

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("topologies").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "pass-through",
                        "recording-lane",
                        "kafka-clients",
                        "thread-pool",
                        "naive-topology",
                        "apache-flink",
                        "recording-lane-kafka-4.3.1",
                        "alerting-lane",
                        "recording-lane-java-" + System.getProperty("java.version"));
        assertThat(result.path("topologies"))
                .allMatch(figures -> figures.at("/cpuMicrosPerRecord/median").doubleValue() > 0);
        assertThat(result.path("ratios").properties())
                .extracting(Map.Entry::getKey)
                .contains("recording lane / naive topology", "Apache Flink / recording lane, CPU");
        assertThat(result.has("driftPercent")).isTrue();
    }

    @Test
    void measuresLatencyAgainstAnEcho() throws Exception {
        System.setProperty("clinical-streams.peers", PEERS.toString());

        int exitCode = bench("--latency", "--against=naive", "--rate=200", "--duration=3s", "--warm-up=1s", "-o=json");

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.has("generatorLateMillis")).isTrue();
        if (result.path("keptSchedule").booleanValue()) {
            assertThat(result.at("/latencyMillis/echo/count").longValue()).isEqualTo(600);
            assertThat(result.at("/latencyMillis/alert/count").longValue()).isPositive();
            assertThat(result.at("/latencyMillis/recorded/count").longValue()).isPositive();
            assertThat(result.at("/latencyMillis/naiveAlert/count").longValue()).isPositive();
        }
    }

    @Test
    void refusesOptionsOfTheOtherBench() {
        assertThat(bench("--rate", "5")).isEqualTo(2);
        assertThat(bench("--latency", "--records", "5")).isEqualTo(2);
        assertThat(bench("--scenario", "ordinary")).isEqualTo(2);
        assertThat(bench("--latency", "--scenario", "bulk-load")).isEqualTo(2);
        assertThat(bench("--latency", "--against", "flink")).isEqualTo(2);
        assertThat(bench("--against", "naif")).isEqualTo(2);
        assertThat(bench("--java", "/nowhere")).isEqualTo(2);
        assertThat(bench("--catalogue", "/nowhere")).isEqualTo(2);

        assertThat(err.toString())
                .contains("--rate, --duration and --warm-up require --latency")
                .contains("throughput is measured with valid, rightly keyed Observations only")
                .contains("the scenario has no rate; pass --rate")
                .contains("--records, --repeats and --warm-up-rounds cannot be combined with --latency")
                .contains("the only other system is --against naive")
                .contains("there is no 'naif', only kafka-clients, thread-pool, naive, flink, kafka-4.3, all")
                .contains("no Java is installed in /nowhere");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpSaysWhatEachSystemGuarantees() {
        assertThat(bench("--help")).isZero();

        assertThat(out.toString().lines().filter(line -> line.matches("  (kafka|thread|naive|flink).*")))
                .hasSize(5);
        assertThat(out.toString()).contains("At least once", "Exactly once");
    }

    private int bench(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(0, "bench");
        return ClinicalStreams.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
