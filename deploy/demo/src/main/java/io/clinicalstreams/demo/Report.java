package io.clinicalstreams.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.account.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a run as JSON. The names are an interface. Counts are of resources; {@code sent} is the sum of
 * recorded, rejected, ignored and lost.
 *
 * @param recorded by logical topic name
 * @param notEvaluated readings that the rules did not evaluate, by reason
 * @param latencyMillis from the intended send time
 * @param seconds duration of the run
 */
record Report(
        long sent,
        Map<String, Long> recorded,
        Map<String, Long> rejected,
        Map<String, Long> ignored,
        long rekeyed,
        long lost,
        long duplicated,
        Map<String, Long> notEvaluated,
        Alerts alerts,
        Latency latencyMillis,
        Lateness generatorLateMillis,
        double seconds) {

    /** Distinct alerts, by their final forms; suppressed as counted by the lane. */
    record Alerts(long raised, long escalated, long resolved, long retracted, long suppressed) {}

    record Latency(Percentiles alert, Percentiles recorded) {}

    /** A distribution in milliseconds; null, not zero, when nothing was measured. */
    record Percentiles(
            @Nullable Double p50,
            @Nullable Double p99,
            @Nullable Double p999,
            @Nullable Double max) {

        static final Percentiles NONE = new Percentiles(null, null, null, null);

        static Percentiles of(Latencies latencies) {
            return latencies.count() == 0
                    ? NONE
                    : new Percentiles(latencies.p50(), latencies.p99(), latencies.p999(), latencies.max());
        }
    }

    /** How far the generator was behind its schedule, in milliseconds. */
    record Lateness(double p99, double max) {}

    /**
     * @param lanes the lanes' metrics: readings not evaluated and alerts suppressed are in no topic
     */
    static Report of(RunVerdict run, MeterRegistry lanes, Latency latency, Lateness lateness, double seconds) {
        Map<String, Long> notEvaluated = new TreeMap<>();
        for (Counter counter : lanes.find("clinical.readings.not.evaluated").counters()) {
            notEvaluated.put(String.valueOf(counter.getId().getTag("reason")), (long) counter.count());
        }
        double suppressed = lanes.find("clinical.alerts.suppressed").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        Verdict resources = run.resources();
        return new Report(
                resources.sent(),
                resources.recorded(),
                resources.rejected(),
                resources.ignored(),
                resources.rekeyed(),
                resources.lost(),
                resources.duplicated(),
                notEvaluated,
                new Alerts(
                        run.alerts().raised(),
                        run.alerts().escalated(),
                        run.alerts().resolved(),
                        run.alerts().retracted(),
                        (long) suppressed),
                latency,
                lateness,
                seconds);
    }

    /** Writes the report as one line. */
    void write(Path file) throws IOException {
        Files.writeString(file, new ObjectMapper().writeValueAsString(this) + System.lineSeparator());
    }
}
