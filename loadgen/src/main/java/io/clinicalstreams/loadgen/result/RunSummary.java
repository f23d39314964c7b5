package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run. Counts include the warm-up; times, rates and latencies exclude it.
 *
 * @param records sent to Kafka
 * @param resources in them: the entries of Bundles that can be split, else one per record
 * @param acknowledged records that Kafka confirmed
 * @param failed records that Kafka did not accept
 * @param refused records that exceed the topic's size limit
 * @param notSent records that were due and not sent
 * @param bytes of keys and values
 * @param seconds from the first measured record to the last confirmation
 * @param errorPercent of the records: failed or refused
 * @param generatorLateMillis how late records were sent
 * @param latencyInvalidBecause why the latencies are not those of the system under this load
 * @param latencyMillis from the intended send time, by outcome, in the order of events; null if nothing was measured
 * @param measuringEndedEarly why; null if it did not
 * @param processes by name
 * @param lag by consumer group
 * @param machineCpuPercent mean, of all cores and processes; null if not reported
 * @param machineMemoryPercent the most; null if not reported
 * @param health one text for each figure beyond the limits of the performance guide; empty if it is good
 * @param problems one message each for the first failure, the first refusal and samples that are missing, without
 *     record content
 */
public record RunSummary(
        long records,
        long warmUpRecords,
        long resources,
        long acknowledged,
        long failed,
        long refused,
        long notSent,
        long bytes,
        double seconds,
        double recordsPerSecond,
        double errorPercent,
        boolean keptSchedule,
        Lateness generatorLateMillis,
        boolean latencyValid,
        List<String> latencyInvalidBecause,
        Map<String, @Nullable Latencies> latencyMillis,
        @Nullable String measuringEndedEarly,
        Map<String, ProcessUsage> processes,
        Map<String, LagTrend> lag,
        @Nullable Double machineCpuPercent,
        @Nullable Double machineMemoryPercent,
        List<String> health,
        List<String> problems) {

    /** The outcome of every record: Kafka confirmed it. */
    public static final String PRODUCE = "produce";

    private static final double PERCENT = 100;

    /** How late the generator sent, in milliseconds. */
    public record Lateness(double p99, double max) {}

    /**
     * The figures so far, or at the end.
     *
     * @param seconds since the warm-up
     * @param measured what was seen of the outcomes; null if nothing read them
     * @param samples those of the warm-up and those after the last confirmation are not counted
     * @param problems of the sampling, one message each
     */
    public static RunSummary of(
            Schedule schedule,
            SendResult sent,
            double seconds,
            @Nullable ProbeSnapshot measured,
            List<RunSample> samples,
            List<String> problems) {
        double from = schedule.warmUp().toMillis() / 1e3;
        List<RunSample> counted = samples.stream()
                .filter(sample -> sample.second() > from && sample.second() <= from + seconds)
                .toList();
        double errors = PERCENT * (sent.failed() + sent.refused()) / Math.max(1, sent.records() + sent.refused());
        List<String> invalid = invalid(sent, measured);
        Map<String, @Nullable Latencies> latencies = latencies(sent, measured);
        Map<String, LagTrend> lag = lag(counted);
        Double cpu = orNull(figures(counted, SystemSample::machineCpuPercent).average());
        Double memory =
                orNull(figures(counted, SystemSample::machineMemoryPercent).max());
        return new RunSummary(
                sent.records(),
                sent.warmUp(),
                sent.resources(),
                sent.acknowledged(),
                sent.failed(),
                sent.refused(),
                sent.notSent(),
                sent.bytes(),
                seconds,
                schedule.perSecond(sent.records() - sent.warmUp(), seconds),
                errors,
                sent.keptSchedule(),
                new Lateness(sent.lateMillis(99), sent.lateMillisMax()),
                invalid.isEmpty(),
                invalid,
                latencies,
                measured == null ? null : measured.failure(),
                processes(counted),
                lag,
                cpu,
                memory,
                HealthLimits.exceeded(latencies, lag, errors, cpu, memory),
                Stream.concat(sent.problems().stream(), problems.stream()).toList());
    }

    /** Why the latencies are not those of the system under this load, one sentence per reason. */
    private static List<String> invalid(SendResult sent, @Nullable ProbeSnapshot measured) {
        List<String> reasons = new ArrayList<>();
        if (!sent.keptSchedule()) {
            reasons.add("the generator fell behind its schedule, so they include its own delay");
        }
        if (sent.failed() > 0) {
            reasons.add("a record failed and ended the run; they do not include it");
        }
        if (measured != null && measured.failure() != null) {
            reasons.add("measuring ended early, " + measured.failure());
        }
        return reasons;
    }

    /** The producer's latency, then the probe's, in the order of events. */
    private static Map<String, @Nullable Latencies> latencies(SendResult sent, @Nullable ProbeSnapshot measured) {
        Map<String, @Nullable Latencies> latencies = new LinkedHashMap<>();
        latencies.put(PRODUCE, Latencies.of(sent.produce()).orNull());
        if (measured != null) {
            new TreeMap<>(measured.latencies())
                    .descendingMap()
                    .forEach((outcome, seen) -> latencies.put(outcome, seen.orNull()));
        }
        return Collections.unmodifiableMap(latencies);
    }

    private static Map<String, ProcessUsage> processes(List<RunSample> samples) {
        Map<String, List<ProcessSample>> byName = new TreeMap<>();
        samples.forEach(sample -> sample.system().processes().forEach((name, process) -> byName.computeIfAbsent(
                        name, first -> new ArrayList<>())
                .add(process)));
        Map<String, ProcessUsage> usage = new TreeMap<>();
        byName.forEach((name, process) -> usage.put(name, ProcessUsage.of(process)));
        return usage;
    }

    private static Map<String, LagTrend> lag(List<RunSample> samples) {
        Map<String, List<LagTrend.Point>> byGroup = new TreeMap<>();
        samples.forEach(sample -> sample.system().lag().forEach((group, records) -> byGroup.computeIfAbsent(
                        group, first -> new ArrayList<>())
                .add(new LagTrend.Point(sample.second(), records))));
        Map<String, LagTrend> trends = new TreeMap<>();
        byGroup.forEach((group, points) -> trends.put(group, LagTrend.of(points)));
        return trends;
    }

    private static DoubleStream figures(List<RunSample> samples, Function<SystemSample, @Nullable Double> figure) {
        return samples.stream()
                .map(RunSample::system)
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue);
    }

    private static @Nullable Double orNull(OptionalDouble figure) {
        return figure.isEmpty() ? null : (Double) FigureText.rounded(figure.getAsDouble());
    }

    /** Whether all records were sent and confirmed. */
    public boolean allConfirmed() {
        return acknowledged == records && refused == 0;
    }

    /** Whether an outcome was measured, if any was to be. */
    public boolean hasMeasured() {
        return latencyMillis.keySet().equals(Set.of(PRODUCE))
                || latencyMillis.entrySet().stream()
                        .anyMatch(each -> !each.getKey().equals(PRODUCE) && each.getValue() != null);
    }

    /** A line of a summary. */
    public record Row(String name, String text) {}

    /** For people: errors, what the system did meanwhile, and health. */
    public List<Row> systemRows() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("errors", FigureText.text("%.3g %% of the records", errorPercent)));
        processes.forEach((name, process) -> rows.add(new Row(name, process.text())));
        if (machineCpuPercent != null) {
            String memory = machineMemoryPercent == null
                    ? ""
                    : FigureText.text(", memory at most %.0f %%", machineMemoryPercent);
            rows.add(new Row("machine", FigureText.text("CPU %.0f %% of all cores", machineCpuPercent) + memory));
        }
        lag.forEach((group, trend) -> rows.add(new Row("lag", group + ": " + trend.text())));
        rows.add(new Row("health", health.isEmpty() ? "good" : String.join("; ", health)));
        return rows;
    }
}
