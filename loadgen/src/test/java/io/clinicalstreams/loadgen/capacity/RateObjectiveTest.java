package io.clinicalstreams.loadgen.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.measure.TestBed;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.RunSample;
import io.clinicalstreams.loadgen.result.RunSummary;
import io.clinicalstreams.loadgen.result.SystemSample;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateObjectiveTest {

    private static final double RATE = 1_000;
    private static final RateObjective OBJECTIVE = new RateObjective(
            Set.of("lane"), Map.of("alert", Duration.ofMillis(100)), Map.of("lane", Duration.ofSeconds(1)));

    @Test
    void holdsIfTheLagSwaysButDoesNotGrow() {
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> 200 + (second % 3) * 300L), RATE))
                .isEmpty();
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> 9L * second), RATE))
                .as("less than 1 % of the load")
                .isEmpty();
    }

    @Test
    void failsIfTheLagGrows() {
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> 11L * second), RATE))
                .containsExactly("lag of lane grows by 11.0 records/s");
    }

    @Test
    void failsIfTheLagIsTooLongThoughItDoesNotGrow() {
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> 1_500), RATE))
                .containsExactly("lane is 1.5 s behind, more than 1.00 s");
    }

    @Test
    void failsIfALatencyIsBeyondTheObjectiveOrWasNotMeasured() {
        assertThat(OBJECTIVE.failures(run(0, 101, 0, second -> 0), RATE))
                .containsExactly("alert p99 101 ms is above 100 ms");
        assertThat(new RateObjective(Set.of(), Map.of("recorded", Duration.ofSeconds(1)), Map.of())
                        .failures(run(0, 99, 0, second -> 0), RATE))
                .containsExactly("recorded: nothing was measured");
    }

    @Test
    void failsIfTheGeneratorIsTheLimitOrARecordFailed() {
        assertThat(OBJECTIVE.failures(run(200_000, 99, 0, second -> 0), RATE))
                .containsExactly("the generator fell behind, by 200 ms (p99)");
        assertThat(OBJECTIVE.failures(run(0, 99, 1, second -> 0), RATE)).containsExactly("not confirmed");
    }

    @Test
    void failsIfALagWasSeenTooRarely() {
        String unknown = "lag of lane is unknown: it was seen too rarely";
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> NOT_SEEN), RATE)).containsExactly(unknown);
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> second % 4 == 0 ? 0 : NOT_SEEN), RATE))
                .as("7 samples")
                .containsExactly(unknown);
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> second <= 15 ? 0 : NOT_SEEN), RATE))
                .as("half of the time")
                .containsExactly(unknown);
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> second % 2 == 0 ? 0 : NOT_SEEN), RATE))
                .as("15 samples")
                .isEmpty();
    }

    @Test
    void failsIfMeasuringEndedEarly() {
        assertThat(OBJECTIVE.failures(run(0, 99, 0, second -> 0, "KafkaException"), RATE))
                .containsExactly("measuring ended early, KafkaException");
    }

    @Test
    void namesNoLagWithoutAGroup() {
        assertThat(OBJECTIVE.text()).startsWith("a lag that grows by less than 1 % of the load, ");
        assertThat(new RateObjective(Set.of(), Map.of("read", Duration.ofMillis(5)), Map.of()).text())
                .isEqualTo("read p99 at most 5 ms");
    }

    private static final long NOT_SEEN = -1;

    private interface LagAt {
        long records(int second);
    }

    private static RunResult run(long lateMicros, double alertP99, long failed, LagAt lag) {
        return run(lateMicros, alertP99, failed, lag, null);
    }

    private static RunResult run(
            long lateMicros, double alertP99, long failed, LagAt lag, @Nullable String measuringEndedEarly) {
        List<RunSample> samples = IntStream.rangeClosed(1, 30)
                .mapToObj(second -> new RunSample(
                        second,
                        0,
                        0,
                        Map.of(),
                        new SystemSample(
                                lag.records(second) == NOT_SEEN ? Map.of() : Map.of("lane", lag.records(second)),
                                Map.of(),
                                null,
                                null,
                                null)))
                .toList();
        Histogram late = new Histogram(3);
        late.recordValue(lateMicros);
        SendResult sent = new SendResult(
                100,
                0,
                100,
                100 - failed,
                failed,
                0,
                0,
                late,
                new Histogram(3),
                30,
                1_000,
                failed == 0 ? List.of() : List.of("not confirmed"));
        ProbeSnapshot seen = new ProbeSnapshot(
                Map.of("alert", new Latencies(10, 1, 2, alertP99, 200, 300)), Map.of(), Map.of(), measuringEndedEarly);
        return new RunResult(
                "loadgen capacity",
                true,
                null,
                Instant.EPOCH,
                TestBed.at("0123abcd"),
                Map.of(),
                Map.of(),
                Map.of(),
                new RunResult.Times(RATE, 0, 30.0),
                RunSummary.of(Schedule.of(RATE, Duration.ofSeconds(30)), sent, 30, seen, samples, List.of()),
                null,
                Map.of(),
                samples);
    }
}
