package io.clinicalstreams.loadgen.capacity;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.result.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a system that bears its load does: it keeps up, and keeps its promises.
 *
 * @param p99 the longest 99th percentile, by outcome
 * @param maximumLag how far a group may be behind, in time, by group
 */
public record RateObjective(Map<String, Duration> p99, Map<String, Duration> maximumLag) {

    /** Of the load. A lag that grows more slowly cannot be told from one that sways. */
    private static final double GROWTH = 0.01;

    private static final double MILLIS_PER_SECOND = 1e3;

    public RateObjective {
        p99 = Map.copyOf(p99);
        maximumLag = Map.copyOf(maximumLag);
    }

    /** Why a run at this rate does not meet it; empty if it does. */
    public List<String> failures(RunSummary run, double rate) {
        List<String> failures = new ArrayList<>(run.problems());
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

    /** In one line. */
    public String text() {
        List<String> texts = new ArrayList<>(List.of("a lag that grows by less than 1 % of the load"));
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
