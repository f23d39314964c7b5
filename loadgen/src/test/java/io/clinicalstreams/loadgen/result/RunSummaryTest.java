package io.clinicalstreams.loadgen.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    private static final Schedule SCHEDULE =
            new Schedule(RateCurve.steady(100), Duration.ofSeconds(10), Duration.ofSeconds(20));

    @Test
    void leavesTheWarmUpAndTheEndOutOfUsageAndLag() {
        RunSummary summary = summary(0, Latencies.NONE, second -> second <= 10 ? 100_000 : second <= 30 ? second : 0);

        assertThat(summary.lag()).containsOnlyKeys("lane");
        assertThat(summary.lag().get("lane")).isEqualTo(new LagTrend(30, 30, 1));
        assertThat(summary.processes().get("broker").cpuCores()).isEqualTo(0.5);
        assertThat(summary.processes().get("broker").gcPauseMillis()).isEqualTo(20 * 2);
        assertThat(summary.processes().get("broker").residentMib()).isEqualTo(30);
        assertThat(summary.machineCpuPercent()).isEqualTo(60);
    }

    @Test
    void isHealthyWithinTheLimitsOfThePerformanceGuide() {
        RunSummary summary = summary(0, new Latencies(10, 20, 30, 99, 500, 900), second -> 900);

        assertThat(summary.health()).isEmpty();
        assertThat(summary.systemRows()).contains(new RunSummary.Row("health", "good"));
    }

    @Test
    void namesEachLimitThatWasExceeded() {
        RunSummary summary = summary(2, new Latencies(10, 20, 30, 101, 500, 900), second -> 1_200);

        assertThat(summary.health())
                .containsExactly(
                        "errors 2 % is above 1",
                        "alert p99 101 ms is above 100", "lag of lane 1,200 records is above 1,000");
        assertThat(summary.systemRows())
                .contains(new RunSummary.Row("lag", "lane: 1,200 records at the end, at most 1,200, +0.0 records/s"));
    }

    @Test
    void findsTheSlopeOfALagThatSways() {
        List<LagTrend.Point> points = IntStream.range(0, 100)
                .mapToObj(second -> new LagTrend.Point(second, 1_000 + 3L * second + (second % 2 == 0 ? 50 : -50)))
                .toList();

        assertThat(LagTrend.of(points).growthPerSecond()).isBetween(2.9, 3.1);
        assertThat(LagTrend.of(points.subList(0, 1)).growthPerSecond()).isZero();
    }

    private interface LagAt {
        long records(int second);
    }

    private static RunSummary summary(long failed, Latencies alert, LagAt lag) {
        List<RunSample> samples = IntStream.rangeClosed(1, 35)
                .mapToObj(second -> new RunSample(
                        second,
                        second * 100L,
                        second * 100L,
                        Map.of(),
                        new SystemSample(
                                Map.of("lane", lag.records(second)),
                                Map.of(
                                        "broker",
                                        new ProcessSample(
                                                second <= 10 ? 2 : 0.5, (double) second, 64.0, 2.0, 1.0, 1.0)),
                                60.0,
                                50.0,
                                1.0)))
                .toList();
        SendResult sent = new SendResult(
                100, 10, 100, 100 - failed, failed, 0, 0, new Histogram(3), new Histogram(3), 20, 1_000, List.of());
        ProbeSnapshot seen = new ProbeSnapshot(Map.of("alert", alert), Map.of(), Map.of(), null);
        return RunSummary.of(SCHEDULE, sent, 20, seen, samples, List.of());
    }
}
