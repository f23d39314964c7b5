package io.clinicalstreams.loadgen.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A probe's counts so far.
 *
 * @param latencies by outcome, from the intended send time until a reader has it
 * @param records by outcome, including those without a send time
 * @param alertsBySeverity by the header {@code severity}
 * @param failure why the probe failed, null while it runs
 */
public record ProbeSnapshot(
        Map<String, Latencies> latencies,
        Map<String, Long> records,
        Map<String, Long> alertsBySeverity,
        @Nullable String failure) {

    public ProbeSnapshot {
        latencies = Map.copyOf(latencies);
        records = Map.copyOf(records);
        alertsBySeverity = Map.copyOf(alertsBySeverity);
    }

    public Latencies latencies(String outcome) {
        return latencies.getOrDefault(outcome, Latencies.NONE);
    }

    public long records(String outcome) {
        return records.getOrDefault(outcome, 0L);
    }

    /** Whether any latency was measured. */
    public boolean hasLatencies() {
        return latencies.values().stream().anyMatch(each -> each.count() > 0);
    }
}
