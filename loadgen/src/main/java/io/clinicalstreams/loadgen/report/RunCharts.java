package io.clinicalstreams.loadgen.report;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.report.LineChart.Kind;
import io.clinicalstreams.loadgen.report.Series.Point;
import io.clinicalstreams.loadgen.result.ProcessSample;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.RunResult.CurvePoint;
import io.clinicalstreams.loadgen.result.RunSample;
import io.clinicalstreams.loadgen.result.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The charts of some runs. One run has a chart for each kind of figure, with a line for each latency, process or group;
 * several runs have a chart for each of those, with a line for each run.
 */
record RunCharts(List<NamedRun> runs) {

    private static final String SECONDS = "seconds since the first record";

    /** All lines together: a page is to stay small. */
    private static final int POINTS = 16_000;

    private static final int MOST_POINTS = 240;
    private static final int LEAST_POINTS = 40;

    /** One line of one run. */
    private record Line(String what, int run, boolean dashed, List<Point> points) {}

    private record Drawn(String title, String unit, String across, Kind kind, List<Line> lines) {}

    List<LineChart> charts() {
        List<Drawn> drawn = List.of(
                overTime("Latency", "ms", Kind.OVER_TIME_LOGARITHMIC, this::latencies),
                overTime("Generator's own lateness", "ms, p99", Kind.OVER_TIME_LOGARITHMIC, this::lateness),
                percentiles(),
                overTime("Throughput", "records/s", Kind.OVER_TIME, RunCharts::throughput),
                overTime("Lag", "records", Kind.OVER_TIME, this::lag),
                overTime("CPU", "cores", Kind.OVER_TIME, ofProcesses(ProcessSample::cpuCores)),
                overTime("Memory", "MiB in RAM", Kind.OVER_TIME, ofProcesses(ProcessSample::residentMib)),
                overTime(
                        "Garbage collection",
                        "ms of pauses per second",
                        Kind.OVER_TIME,
                        ofProcesses(ProcessSample::gcPauseMillis)),
                overTime("Kafka bytes out", "MiB/s", Kind.OVER_TIME, ofProcesses(ProcessSample::outMib)));
        int lines = drawn.stream().mapToInt(each -> each.lines().size()).sum();
        int most = Math.max(LEAST_POINTS, Math.min(MOST_POINTS, POINTS / Math.max(1, lines)));
        return drawn.stream().flatMap(each -> charts(each, most).stream()).toList();
    }

    private List<LineChart> charts(Drawn drawn, int most) {
        if (runs.size() == 1) {
            Map<String, Integer> colors = new LinkedHashMap<>();
            List<Series> series = drawn.lines().stream()
                    .map(line ->
                            series(line, line.what(), color(colors, line.what().replaceAll(" p\\d+$", "")), most))
                    .toList();
            return chart(drawn.title(), drawn, series);
        }
        Map<String, List<Line>> byWhat = drawn.lines().stream()
                .collect(Collectors.groupingBy(
                        line -> line.what().replaceAll(" p\\d+$", ""), LinkedHashMap::new, Collectors.toList()));
        List<LineChart> charts = new ArrayList<>();
        byWhat.forEach((what, lines) -> charts.addAll(chart(
                what.isEmpty() ? drawn.title() : drawn.title() + ": " + what,
                drawn,
                lines.stream()
                        .map(line -> series(
                                line,
                                runs.get(line.run()).name() + line.what().substring(what.length()),
                                line.run() % Series.COLORS,
                                most))
                        .toList())));
        return charts;
    }

    private List<LineChart> chart(String title, Drawn drawn, List<Series> all) {
        List<Series> series = all.stream().filter(Series::hasFigures).toList();
        double warmUp = drawn.kind() == Kind.PERCENTILES
                ? 0
                : runs.stream()
                        .mapToDouble(each -> each.run().schedule().warmUpSeconds())
                        .min()
                        .orElse(0);
        return series.isEmpty()
                ? List.of()
                : List.of(new LineChart(title, drawn.unit(), drawn.across(), drawn.kind(), warmUp, series));
    }

    private static Series series(Line line, String name, int color, int most) {
        return new Series(name, color, line.dashed(), line.points()).thinned(most);
    }

    private static int color(Map<String, Integer> colors, String of) {
        return colors.computeIfAbsent(of, first -> colors.size()) % Series.COLORS;
    }

    private Drawn overTime(String title, String unit, Kind kind, Function<RunResult, List<Line>> lines) {
        List<Line> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            int number = i;
            lines.apply(runs.get(i).run())
                    .forEach(line -> all.add(new Line(line.what(), number, line.dashed(), line.points())));
        }
        return new Drawn(title, unit, SECONDS, kind, all);
    }

    private List<Line> latencies(RunResult run) {
        List<Line> lines = new ArrayList<>();
        for (String outcome : run.summary().latencyMillis().keySet()) {
            lines.add(line(run, title(outcome) + " p50", true, latency(outcome, Latencies::p50)));
            lines.add(line(run, title(outcome) + " p99", false, latency(outcome, Latencies::p99)));
        }
        return lines;
    }

    private List<Line> lateness(RunResult run) {
        return List.of(line(run, "", false, latency("generator-late", Latencies::p99)));
    }

    private static BiFunction<RunSample, @Nullable RunSample, @Nullable Double> latency(
            String outcome, Function<Latencies, Double> figure) {
        return (sample, before) -> {
            Latencies latencies = sample.latencyMillis().get(outcome);
            return latencies == null ? null : figure.apply(latencies);
        };
    }

    private Drawn percentiles() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunResult run = runs.get(i).run();
            for (String outcome : run.summary().latencyMillis().keySet()) {
                List<Point> points = run.latencyCurves().getOrDefault(outcome, List.of()).stream()
                        .filter(point -> point.percentile() < 100)
                        .map((CurvePoint point) -> new Point(point.percentile(), Math.max(1e-3, point.millis())))
                        .toList();
                lines.add(new Line(title(outcome), i, false, points));
            }
        }
        return new Drawn("Latency by percentile", "ms", "percentile", Kind.PERCENTILES, lines);
    }

    private static List<Line> throughput(RunResult run) {
        return List.of(
                line(run, "sent", true, (sample, before) -> perSecond(sample, before, RunSample::sent)),
                line(run, "confirmed", false, (sample, before) -> perSecond(sample, before, RunSample::confirmed)));
    }

    private static @Nullable Double perSecond(
            RunSample sample, @Nullable RunSample before, Function<RunSample, Long> count) {
        double seconds = sample.second() - (before == null ? 0 : before.second());
        long since = count.apply(sample) - (before == null ? 0 : count.apply(before));
        // The last sample may be of a moment only, and a rate of that says nothing.
        return seconds < 0.5 ? null : (Double) (since / seconds);
    }

    private List<Line> lag(RunResult run) {
        Set<String> groups = new TreeSet<>();
        run.samples().forEach(sample -> groups.addAll(sample.system().lag().keySet()));
        return groups.stream()
                .map(group -> line(run, group, false, (sample, before) -> {
                    Long records = sample.system().lag().get(group);
                    return records == null ? null : (Double) records.doubleValue();
                }))
                .toList();
    }

    private static Function<RunResult, List<Line>> ofProcesses(Function<ProcessSample, @Nullable Double> figure) {
        return run -> {
            Set<String> names = new TreeSet<>();
            run.samples()
                    .forEach(sample -> names.addAll(sample.system().processes().keySet()));
            return names.stream()
                    .map(name -> line(run, name, false, (sample, before) -> {
                        ProcessSample process = sample.system().processes().get(name);
                        return process == null ? null : figure.apply(process);
                    }))
                    .toList();
        };
    }

    private static Line line(
            RunResult run,
            String what,
            boolean dashed,
            BiFunction<RunSample, @Nullable RunSample, @Nullable Double> figure) {
        List<Point> points = new ArrayList<>();
        RunSample before = null;
        for (RunSample sample : run.samples()) {
            Double y = figure.apply(sample, before);
            points.add(new Point(sample.second(), y == null ? Double.NaN : y));
            before = sample;
        }
        return new Line(what, 0, dashed, points);
    }

    static String title(String outcome) {
        return outcome.equals(RunSummary.PRODUCE) ? "confirmed" : outcome;
    }
}
