package io.clinicalstreams.loadgen.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.result.RunSummary;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Map<String, Object> PRODUCER = Map.of(
            "acks",
            "all",
            "linger.ms",
            5L,
            "batch.size",
            16384,
            "compression.type",
            "none",
            "retries",
            7,
            "client.id",
            "c");

    private static final Map<String, Latencies> LATENCIES = Map.of(
            LatencyProbe.RECORDED, new Latencies(10, 20, 25, 30, 40, 50),
            LatencyProbe.ALERT, new Latencies(1, 2, 2.5, 3, 4, 5));

    private static final ProbeSnapshot MEASURED = new ProbeSnapshot(LATENCIES, Map.of(), Map.of(), null);

    @Test
    void reportsLatenciesOfARunThatKeptItsSchedule() throws Exception {
        Summary summary = summary(sent(1_000, 0, 0), MEASURED);
        JsonNode json = json(summary);

        assertThat(summary.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(json.path("records").asLong()).isEqualTo(100);
        assertThat(json.path("resources").asLong()).isEqualTo(120);
        assertThat(json.path("recordsPerSecond").asDouble()).isEqualTo(40);
        assertThat(json.path("keptSchedule").asBoolean()).isTrue();
        assertThat(json.path("latencyValid").asBoolean()).isTrue();
        assertThat(json.path("latencyInvalidBecause")).isEmpty();
        assertThat(json.at("/latencyMillis/produce/p95").asDouble()).isBetween(6.9, 7.1);
        assertThat(json.at("/latencyMillis/alert/p95").asDouble()).isEqualTo(2.5);
        assertThat(json.at("/latencyMillis/recorded/p999").asDouble()).isEqualTo(40);
        assertThat(json.at("/generatorLateMillis/p99").asDouble()).isBetween(0.9, 1.1);
        assertThat(summary.table())
                .contains("confirmed after  p50 7.0 ms, p95 7.0 ms", "alert after", "p99 3.0 ms", "20 of them")
                .contains("2.0 s (40 records/s)")
                .contains("errors           0.00 % of the records", "health           good")
                .doesNotContain("INVALID");
    }

    @Test
    void showsTheEffectiveSettings() throws Exception {
        Summary summary = summary(sent(1_000, 0, 0), null);

        assertThat(summary.table())
                .contains("topic=orders, rate=40")
                .contains("acks=all, batch.size=16384, compression.type=none, linger.ms=5, retries=7")
                .doesNotContain("client.id");
        assertThat(json(summary).at("/producerSettings/linger.ms").asLong()).isEqualTo(5);
        assertThat(json(summary).at("/settings/topic").asText()).isEqualTo("orders");
    }

    @Test
    void showsOnlyTheImportantOnesOfKafkasDefaults() {
        Target target = Target.of(
                CatalogueLoader.load("development"),
                "orders",
                Map.of("bootstrap.servers", "localhost:1"),
                Map.of("linger.ms", "0", "compression.type", "gzip"));
        Summary summary = new Summary(Map.of(), target.effectiveSettings(), run(40, sent(1_000, 0, 0), null));

        assertThat(summary.table().lines())
                .contains("producer         acks=all, batch.size=16384, compression.type=gzip, linger.ms=0");
    }

    @Test
    void marksTheLatenciesOfARunThatFellBehindAndEndsWithThree() throws Exception {
        Summary summary = summary(sent(500_000, 0, 0), MEASURED);
        JsonNode json = json(summary);

        assertThat(summary.exitCode()).isEqualTo(ExitCode.NOT_HELD);
        assertThat(json.path("latencyValid").asBoolean()).isFalse();
        assertThat(json.path("latencyInvalidBecause")).hasSize(1);
        assertThat(json.at("/latencyMillis/alert/p99").asDouble()).isEqualTo(3);
        assertThat(summary.table()).contains("INVALID", "fell behind", "alert after");
    }

    @Test
    void marksTheLatenciesOfARunThatLeftDueRecordsUnsent() {
        Summary summary = summary(sent(1_000, 0, 5), null);

        assertThat(summary.exitCode()).isEqualTo(ExitCode.NOT_HELD);
        assertThat(summary.table()).contains("INVALID").contains("5 that were due");
    }

    @Test
    void marksTheLatenciesOfARunWithAFailureAndEndsWithOne() {
        Summary summary = summary(sent(1_000, 1, 0), MEASURED);

        assertThat(summary.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(summary.table()).contains("INVALID").contains("a record failed");
    }

    @Test
    void exitsWithThreeIfNothingWasMeasured() throws Exception {
        Map<String, Latencies> none = Map.of(LatencyProbe.RECORDED, Latencies.NONE, LatencyProbe.ALERT, Latencies.NONE);
        Summary summary = summary(sent(1_000, 0, 0), new ProbeSnapshot(none, Map.of(), Map.of(), null));
        JsonNode latencies = json(summary).path("latencyMillis");

        assertThat(summary.exitCode()).isEqualTo(ExitCode.NOT_HELD);
        assertThat(latencies.has("alert")).isTrue();
        assertThat(latencies.path("alert").isNull()).isTrue();
        assertThat(latencies.path("recorded").isNull()).isTrue();
        assertThat(summary.table()).contains("alert after      nothing was measured");
    }

    @Test
    void acceptsRecordsWithoutAlerts() {
        Map<String, Latencies> recorded = Map.of(
                LatencyProbe.RECORDED, new Latencies(10, 20, 25, 30, 40, 50), LatencyProbe.ALERT, Latencies.NONE);

        assertThat(summary(sent(1_000, 0, 0), new ProbeSnapshot(recorded, Map.of(), Map.of(), null))
                        .exitCode())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void reportsInEveryFormatThatMeasuringEndedEarly() throws Exception {
        Summary partly = summary(sent(1_000, 0, 0), new ProbeSnapshot(LATENCIES, Map.of(), Map.of(), "KafkaException"));

        assertThat(partly.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(partly.table()).contains("alert after").contains("ended early, KafkaException");
        assertThat(json(partly).path("measuringEndedEarly").textValue()).isEqualTo("KafkaException");
        assertThat(json(partly).path("latencyValid").asBoolean()).isFalse();
    }

    @Test
    void claimsNoConfirmationThatWasNotRequested() throws Exception {
        SendResult unconfirmed =
                new SendResult(100, 0, 100, 0, 0, 0, 0, histogram(0, 0), histogram(0, 0), 2, 90_000, List.of());
        Summary summary = new Summary(Map.of(), Map.of("acks", "0", "linger.ms", 5L), run(0, unconfirmed, null));

        assertThat(summary.exitCode()).isEqualTo(ExitCode.NOT_HELD);
        assertThat(summary.table())
                .contains("none: acks=0 requests no confirmation")
                .contains("confirmed after  nothing was measured");
        assertThat(json(summary).at("/latencyMillis/produce").isNull()).isTrue();
    }

    @Test
    void showsASlowRateExactly() {
        Summary summary = new Summary(Map.of(), PRODUCER, run(0.5, sent(1_000, 0, 0), null));

        assertThat(summary.table()).contains("2.0 s (0.500 records/s)");
    }

    private static Summary summary(SendResult result, @Nullable ProbeSnapshot measured) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("topic", "orders");
        settings.put("rate", 40);
        return new Summary(settings, PRODUCER, run(40, result, measured));
    }

    private static RunSummary run(double rate, SendResult result, @Nullable ProbeSnapshot measured) {
        return RunSummary.of(
                Schedule.of(rate, Duration.ofDays(1)), result, result.seconds(), measured, List.of(), List.of());
    }

    private static JsonNode json(Summary summary) throws Exception {
        return new ObjectMapper().readTree(OutputOption.json(summary.fields()));
    }

    private static SendResult sent(long lateMicros, long failed, long notSent) {
        return new SendResult(
                100,
                20,
                120,
                100 - failed,
                failed,
                0,
                notSent,
                histogram(lateMicros, 80),
                histogram(7_000, 80),
                2,
                90_000,
                List.of());
    }

    private static Histogram histogram(long micros, long count) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(micros, count);
        return histogram;
    }
}
