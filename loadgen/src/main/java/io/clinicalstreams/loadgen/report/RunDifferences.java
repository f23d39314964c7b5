package io.clinicalstreams.loadgen.report;

import io.clinicalstreams.loadgen.measure.Median;
import io.clinicalstreams.loadgen.report.DifferenceChart.Difference;
import io.clinicalstreams.loadgen.result.ProcessUsage;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs with the same settings on the same test bed are repeats of one; the others are compared with the first. */
record RunDifferences(List<NamedRun> runs) {

    private static final double PERCENT = 100;
    private static final int MOST_NAMED = 3;

    private static final String NOTE =
            "Dots: medians against the first runs' median. Bars: from the least to the largest"
                    + " difference between any two runs. Repeat each run at least five times, in turn, before a difference means"
                    + " something; 'loadgen experiment' does that and judges it.";

    /** Empty if all runs are repeats of one. */
    Optional<DifferenceChart> chart() {
        List<List<NamedRun>> groups = List.copyOf(runs.stream()
                .filter(RunDifferences::isWhole)
                .collect(Collectors.groupingBy(each -> settings(each.run()), LinkedHashMap::new, Collectors.toList()))
                .values());
        if (groups.size() < 2) {
            return Optional.empty();
        }
        List<NamedRun> first = groups.get(0);
        List<Difference> differences = new ArrayList<>();
        for (List<NamedRun> other : groups.subList(1, groups.size())) {
            String name = name(first, other);
            figures(first.get(0).run().summary())
                    .keySet()
                    .forEach(figure -> differences.add(
                            compare(figure + ": " + name, values(first, figure), values(other, figure))));
        }
        return Optional.of(new DifferenceChart("Differences from " + label(first), NOTE + leftOut(), differences));
    }

    private static boolean isWhole(NamedRun run) {
        return run.run().complete() && run.run().summary().latencyValid();
    }

    private String leftOut() {
        List<String> names =
                runs.stream().filter(run -> !isWhole(run)).map(NamedRun::name).toList();
        return names.isEmpty() ? "" : " Left out, as incomplete or invalid: " + String.join(", ", names) + '.';
    }

    private static Difference compare(String label, List<Double> first, List<Double> other) {
        boolean isSpreadKnown = first.size() > 1 && other.size() > 1;
        double low = least(other) / most(first);
        double high = most(other) / least(first);
        double unknown = Double.NaN;
        double from = isSpreadKnown ? PERCENT * (low - 1) : unknown;
        double to = isSpreadKnown ? PERCENT * (high - 1) : unknown;
        String finding =
                !isSpreadKnown ? "spread unknown" : from > 0 || to < 0 ? "beyond the spread" : "within the spread";
        return new Difference(label, PERCENT * (Median.of(other) / Median.of(first) - 1), from, to, finding);
    }

    /** What is compared, by name. */
    private static Map<String, Double> figures(RunSummary run) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("records/s", run.recordsPerSecond());
        double cores = run.processes().values().stream()
                .mapToDouble(ProcessUsage::cpuCores)
                .sum();
        figures.put("CPU per record, sampled processes", cores / run.recordsPerSecond());
        run.latencyMillis().forEach((outcome, latency) -> {
            if (latency != null) {
                figures.put(RunCharts.title(outcome) + " p50", latency.p50());
                figures.put(RunCharts.title(outcome) + " p99", latency.p99());
            }
        });
        return figures;
    }

    private static List<Double> values(List<NamedRun> runs, String figure) {
        return runs.stream()
                .map(each -> figures(each.run().summary()).getOrDefault(figure, Double.NaN))
                .sorted()
                .toList();
    }

    private static double least(List<Double> sorted) {
        return sorted.get(0);
    }

    private static double most(List<Double> sorted) {
        return sorted.get(sorted.size() - 1);
    }

    private static String name(List<NamedRun> first, List<NamedRun> other) {
        Map<String, Object> before = settings(first.get(0).run());
        List<String> changed = new ArrayList<>();
        settings(other.get(0).run()).forEach((key, value) -> {
            if (!Objects.equals(before.get(key), value)) {
                changed.add(key.substring(key.indexOf(' ') + 1) + '=' + value);
            }
        });
        return changed.isEmpty() || changed.size() > MOST_NAMED ? label(other) : String.join(", ", changed);
    }

    private static String label(List<NamedRun> runs) {
        return runs.get(0).name() + (runs.size() == 1 ? "" : " (" + runs.size() + " runs)");
    }

    /** By group and name; a client's id and a seed are of one run. */
    private static Map<String, Object> settings(RunResult run) {
        Map<String, Object> all = new TreeMap<>();
        all.put("run run", run.run());
        all.put("bed commit", run.testBed().commit());
        all.put("bed java", run.testBed().java());
        all.put("bed kafka", run.testBed().kafka());
        all.put("bed machine", run.testBed().machine().folder());
        all.put("bed os", run.testBed().machine().os());
        run.settings().forEach((name, value) -> all.put("settings " + name, value));
        run.producerSettings().forEach((name, value) -> all.put("producer " + name, value));
        run.laneSettings()
                .forEach((lane, settings) ->
                        settings.forEach((name, value) -> all.put("lane " + lane + ' ' + name, value)));
        all.keySet()
                .removeIf(name -> name.equals("settings seed")
                        || name.endsWith("client.id")
                        || name.endsWith("bootstrap.servers"));
        return all;
    }
}
