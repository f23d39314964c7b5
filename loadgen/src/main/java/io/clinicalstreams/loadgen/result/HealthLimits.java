package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.loadgen.measure.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits of the performance guide that this project began with. They say where to look, not what is wrong. */
final class HealthLimits {

    private static final double LAG_RECORDS = 1_000;
    private static final double CPU_PERCENT = 80;
    private static final double MEMORY_PERCENT = 85;
    private static final double ERROR_PERCENT = 1;
    private static final double LATENCY_MILLIS = 100;

    private HealthLimits() {}

    /** One text for each figure beyond its limit. */
    static List<String> exceeded(
            Map<String, @Nullable Latencies> latencies,
            Map<String, LagTrend> lag,
            double errorPercent,
            @Nullable Double cpuPercent,
            @Nullable Double memoryPercent) {
        List<String> exceeded = new ArrayList<>();
        check(exceeded, "errors", errorPercent, ERROR_PERCENT, "%");
        latencies.forEach((outcome, latency) -> {
            if (latency != null) {
                check(exceeded, outcome + " p99", latency.p99(), LATENCY_MILLIS, "ms");
            }
        });
        lag.forEach(
                (group, trend) -> check(exceeded, "lag of " + group, (double) trend.last(), LAG_RECORDS, "records"));
        check(exceeded, "CPU", cpuPercent == null ? 0 : cpuPercent, CPU_PERCENT, "%");
        check(exceeded, "memory", memoryPercent == null ? 0 : memoryPercent, MEMORY_PERCENT, "%");
        return exceeded;
    }

    private static void check(List<String> exceeded, String name, double figure, double limit, String unit) {
        if (figure > limit) {
            exceeded.add(FigureText.text("%s %,.0f %s is above %,.0f", name, figure, unit, limit));
        }
    }
}
