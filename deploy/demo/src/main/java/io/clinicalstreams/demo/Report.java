package io.clinicalstreams.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.ledger.LedgerCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    /**
     * Distinct alerts, by their final forms.
     *
     * @param ended how often one ended without a reading, as the lane's ledger counts
     * @param suppressed readings that caused no alert, as the lane's ledger counts
     */
    record Alerts(long raised, long escalated, long resolved, long ended, long retracted, long suppressed) {}

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

    static Report of(RunVerdict run, Latency latency, Lateness lateness, double seconds) {
        LedgerCounts alerting = run.counted().getOrDefault("alerting", LedgerCounts.NONE);
        Verdict resources = run.resources();
        return new Report(
                resources.sent(),
                resources.recorded(),
                resources.rejected(),
                resources.ignored(),
                resources.rekeyed(),
                resources.lost(),
                resources.duplicated(),
                alerting.findings("not-evaluated"),
                new Alerts(
                        run.alerts().raised(),
                        run.alerts().escalated(),
                        run.alerts().resolved(),
                        alerting.findings("alerts").getOrDefault("ended", 0L),
                        run.alerts().retracted(),
                        alerting.findings("suppressed").values().stream()
                                .mapToLong(Long::longValue)
                                .sum()),
                latency,
                lateness,
                seconds);
    }

    /** Writes the report as one line. */
    void write(Path file) throws IOException {
        Files.writeString(file, new ObjectMapper().writeValueAsString(this) + System.lineSeparator());
    }
}
