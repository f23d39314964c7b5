package io.clinicalstreams.demo.bench;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.topics.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Latencies from the intended send time. There are none if the generator fell behind its schedule: they would be those
 * of the generator.
 */
record LatencyResult(
        LatencyBench.Settings settings, SendResult sent, Latencies echo, Latencies alert, Latencies recorded)
        implements BenchResult {

    private static final double ALERT_AT_MOST = 5;

    BenchTarget target() {
        double ratio = alert.count() == 0 ? Double.NaN : alert.p50() / echo.p50();
        return new BenchTarget("alert p50 / echo p50", ratio, BenchTarget.Bound.AT_MOST, ALERT_AT_MOST);
    }

    @Override
    public boolean isReached() {
        return sent.keptSchedule() && target().isReached();
    }

    @Override
    public String table() {
        List<String> lines = new ArrayList<>();
        if (sent.keptSchedule()) {
            Table table = new Table("LATENCY", "RECORDS", "P50 MS", "P95 MS", "P99 MS", "P99.9 MS", "MAX MS");
            row(table, "echo", echo);
            row(table, "alert", alert);
            row(table, "recorded", recorded);
            lines.addAll(List.of(table.toString(), "", target().line(), ""));
        } else {
            lines.add("No latencies: the generator fell behind its schedule, so they would be its own.");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s records/s for %,.0f s; generator late p99 %.2f ms, max %.2f ms",
                settings.load().summary(),
                sent.seconds(),
                sent.lateMillis(99),
                sent.lateMillisMax()));
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", settings.load().summary());
        json.put("seconds", sent.seconds());
        json.put("keptSchedule", sent.keptSchedule());
        json.put("generatorLateMillis", Map.of("p99", sent.lateMillis(99), "max", sent.lateMillisMax()));
        if (sent.keptSchedule()) {
            Map<String, @Nullable Latencies> latencies = new LinkedHashMap<>();
            latencies.put("echo", echo.orNull());
            latencies.put("alert", alert.orNull());
            latencies.put("recorded", recorded.orNull());
            json.put("latencyMillis", latencies);
            json.put("ratios", Map.of(target().name(), target().json()));
        }
        return json;
    }

    private static void row(Table table, String name, Latencies latencies) {
        table.row(
                name,
                String.format(Locale.ROOT, "%,d", latencies.count()),
                millis(latencies.p50()),
                millis(latencies.p95()),
                millis(latencies.p99()),
                millis(latencies.p999()),
                millis(latencies.max()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
