package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.loadgen.measure.TestBed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run: the content of a result file, whose schema is {@code loadgen/run-result.schema.json}.
 *
 * @param run the command, such as {@code loadgen run}
 * @param complete false if the run did not reach its end, or still goes on
 * @param incompleteBecause why; null if it is complete
 * @param settings what was asked for: scenario, seed, and the other options in effect
 * @param producerSettings all settings of the producers, Kafka's defaults included
 * @param laneSettings settings in effect of each lane that ran in the same command, by lane
 * @param schedule when records were due
 * @param verdict what became of the input; null if it was not judged
 * @param latencyCurves distribution of each latency, by outcome
 * @param samples one for each second
 */
public record RunResult(
        String run,
        boolean complete,
        @Nullable String incompleteBecause,
        Instant started,
        TestBed testBed,
        Map<String, Object> settings,
        Map<String, Object> producerSettings,
        Map<String, Map<String, String>> laneSettings,
        Times schedule,
        RunSummary summary,
        @Nullable Map<String, Long> verdict,
        Map<String, List<CurvePoint>> latencyCurves,
        List<RunSample> samples) {

    /**
     * When records were due.
     *
     * @param rate records per second, 0 for as fast as possible; as text if it changes over time
     * @param warmUpSeconds not measured
     * @param durationSeconds after the warm-up; null without a limit
     */
    public record Times(
            Object rate, double warmUpSeconds, @Nullable Double durationSeconds) {}

    /** This share of all records was at most so late. */
    public record CurvePoint(double percentile, double millis) {}
}
