package io.clinicalstreams.demo.bench;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.topics.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Latencies from the intended send time. There are none if the generator fell behind its schedule: they would be those
 * of the generator.
 *
 * @param naive of the naive topology's alerts; null if it did not run
 * @param others the share of the machine's CPU time that other processes took, 0 to 1; empty if it is unknown
 */
record LatencyResult(
        LatencyBench.Settings settings,
        SendResult sent,
        Latencies echo,
        Latencies alert,
        Latencies recorded,
        @Nullable Latencies naive,
        OptionalDouble others)
        implements BenchResult {

    private static final double P50_AT_MOST = 2.5;
    private static final double P99_AT_MOST = 3;

    List<BenchTarget> targets() {
        List<BenchTarget> targets = new ArrayList<>();
        targets.add(ratio("alert", alert, "p50", Latencies::p50, BenchTarget.Bound.AT_MOST, P50_AT_MOST));
        targets.add(ratio("alert", alert, "p99", Latencies::p99, BenchTarget.Bound.AT_MOST, P99_AT_MOST));
        if (naive != null) {
            targets.add(ratio("naive alert", naive, "p50", Latencies::p50, BenchTarget.Bound.NONE, 0));
            targets.add(ratio("naive alert", naive, "p99", Latencies::p99, BenchTarget.Bound.NONE, 0));
        }
        return targets;
    }

    private BenchTarget ratio(
            String name,
            Latencies latencies,
            String percentile,
            ToDoubleFunction<Latencies> figure,
            BenchTarget.Bound bound,
            double limit) {
        double ratio =
                latencies.count() == 0 ? Double.NaN : figure.applyAsDouble(latencies) / figure.applyAsDouble(echo);
        return new BenchTarget(name + ' ' + percentile + " / echo " + percentile, ratio, bound, limit);
    }

    @Override
    public boolean isReached() {
        return sent.keptSchedule() && targets().stream().allMatch(BenchTarget::isReached);
    }

    @Override
    public String table() {
        List<String> lines = new ArrayList<>();
        if (sent.keptSchedule()) {
            Table table = new Table("LATENCY", "RECORDS", "P50 MS", "P95 MS", "P99 MS", "P99.9 MS", "MAX MS");
            row(table, "echo", echo);
            row(table, "alert", alert);
            row(table, "recorded", recorded);
            if (naive != null) {
                row(table, "naive alert", naive);
            }
            lines.addAll(List.of(table.toString(), ""));
            targets().forEach(target -> lines.add(target.line()));
            lines.add("");
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
        lines.add(MachineCpu.others(others));
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", settings.load().summary());
        json.put("seconds", sent.seconds());
        json.put("keptSchedule", sent.keptSchedule());
        json.put("generatorLateMillis", Map.of("p99", sent.lateMillis(99), "max", sent.lateMillisMax()));
        others.ifPresent(share -> json.put("otherCpuShare", share));
        if (sent.keptSchedule()) {
            Map<String, @Nullable Latencies> latencies = new LinkedHashMap<>();
            latencies.put("echo", echo.orNull());
            latencies.put("alert", alert.orNull());
            latencies.put("recorded", recorded.orNull());
            json.put("latencyMillis", latencies);
            if (naive != null) {
                latencies.put("naiveAlert", naive.orNull());
            }
            Map<String, Object> ratios = new LinkedHashMap<>();
            targets().forEach(target -> ratios.put(target.name(), target.json()));
            json.put("ratios", ratios);
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
