package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On its own broker and far too short for meaningful numbers, which are not asserted. */
@Tag("broker")
@Tag("alone")
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresBothLanesAndTheirBareTopologies() throws Exception {
        int exitCode = bench("--records", "5000", "--repeats", "1", "-o", "json");

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

    @Test
    void measuresLatencyAgainstAnEcho() throws Exception {
        int exitCode = bench("--latency", "--rate", "200", "--duration", "3s", "--warm-up", "1s", "-o", "json");

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.has("generatorLateMillis")).isTrue();
        if (result.path("keptSchedule").booleanValue()) {
            assertThat(result.at("/latencyMillis/echo/count").longValue()).isEqualTo(600);
            assertThat(result.at("/latencyMillis/alert/count").longValue()).isPositive();
            assertThat(result.at("/latencyMillis/recorded/count").longValue()).isPositive();
        }
    }

    @Test
    void refusesOptionsOfTheOtherBench() {
        assertThat(bench("--rate", "5")).isEqualTo(2);
        assertThat(bench("--latency", "--records", "5")).isEqualTo(2);
        assertThat(bench("--scenario", "ordinary")).isEqualTo(2);
        assertThat(bench("--latency", "--scenario", "bulk-load")).isEqualTo(2);

        assertThat(err.toString())
                .contains("--rate, --duration and --warm-up require --latency")
                .contains("throughput is measured with valid, rightly keyed Observations only")
                .contains("the scenario has no rate; pass --rate")
                .contains("--records and --repeats cannot be combined with --latency");
        assertThat(out.toString()).isEmpty();
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
