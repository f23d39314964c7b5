package io.clinicalstreams.loadgen.capacity;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.RunSample;
import io.clinicalstreams.loadgen.result.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a system that bears its load does: it keeps up, and keeps its promises.
 *
 * @param groups whose lag must have been seen
 * @param p99 the longest 99th percentile, by outcome
 * @param maximumLag how far a group may be behind, in time, by group
 */
public record RateObjective(Set<String> groups, Map<String, Duration> p99, Map<String, Duration> maximumLag) {

    /** Of the load. A lag that grows more slowly cannot be told from one that sways. */
    private static final double GROWTH = 0.01;

    /** Fewer have no slope that means something. */
    private static final int LEAST_SAMPLES = 10;

    /** Of the time that was measured. */
    private static final double LEAST_SPAN = 0.7;

    /** A run that is shorter cannot show whether a lag grows. */
    public static final Duration SHORTEST = Duration.ofSeconds(15);

    private static final double MILLIS_PER_SECOND = 1e3;

    public RateObjective {
        groups = Set.copyOf(groups);
        p99 = Map.copyOf(p99);
        maximumLag = Map.copyOf(maximumLag);
    }

    /** Why a run at this rate does not meet it; empty if it does. What was not seen does not count as met. */
    public List<String> failures(RunResult result, double rate) {
        RunSummary run = result.summary();
        List<String> failures = new ArrayList<>(run.problems());
        if (run.measuringEndedEarly() != null) {
            failures.add("measuring ended early, " + run.measuringEndedEarly());
        }
        new TreeSet<>(groups)
                .stream()
                        .filter(group -> !isSeen(result, group))
                        .forEach(group -> failures.add("lag of " + group + " is unknown: it was seen too rarely"));
        if (!run.keptSchedule()) {
            failures.add(format(
                    "the generator fell behind, by %,.0f ms (p99)",
                    run.generatorLateMillis().p99()));
        }
        run.lag().forEach((group, trend) -> {
            if (trend.growthPerSecond() > GROWTH * rate) {
                failures.add(format("lag of %s grows by %,.1f records/s", group, trend.growthPerSecond()));
            }
            Duration most = maximumLag.get(group);
            double behind = trend.last() / rate;
            if (most != null && behind * MILLIS_PER_SECOND > most.toMillis()) {
                failures.add(format("%s is %,.1f s behind, more than %s", group, behind, seconds(most)));
            }
        });
        p99.forEach((outcome, most) -> {
            Latencies latency = run.latencyMillis().get(outcome);
            if (latency == null) {
                failures.add(outcome + ": nothing was measured");
            } else if (latency.p99() > most.toMillis()) {
                failures.add(format("%s p99 %,.0f ms is above %,d ms", outcome, latency.p99(), most.toMillis()));
            }
        });
        return failures;
    }

    /** Whether a group's lag was seen often enough, over most of the time that was measured. */
    private static boolean isSeen(RunResult result, String group) {
        double from = result.schedule().warmUpSeconds();
        double seconds = result.summary().seconds();
        DoubleSummaryStatistics seen = result.samples().stream()
                .filter(sample -> sample.system().lag().containsKey(group))
                .mapToDouble(RunSample::second)
                .filter(second -> second > from && second <= from + seconds)
                .summaryStatistics();
        return seen.getCount() >= LEAST_SAMPLES && seen.getMax() - seen.getMin() >= LEAST_SPAN * seconds;
    }

    /** In one line. */
    public String text() {
        List<String> texts = new ArrayList<>();
        if (!groups.isEmpty()) {
            texts.add("a lag that grows by less than 1 % of the load");
        }
        maximumLag.forEach((group, most) -> texts.add(group + " at most " + seconds(most) + " behind"));
        p99.forEach((outcome, most) -> texts.add(outcome + " p99 at most " + most.toMillis() + " ms"));
        return String.join(", ", texts);
    }

    private static String seconds(Duration duration) {
        return format("%.3g s", duration.toMillis() / MILLIS_PER_SECOND);
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
