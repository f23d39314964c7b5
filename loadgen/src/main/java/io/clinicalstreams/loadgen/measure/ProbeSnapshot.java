package io.clinicalstreams.loadgen.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has seen so far.
 *
 * @param latencies by outcome, from the intended send time until a reader has it
 * @param records by outcome, those that do not say when they were sent included
 * @param alertsBySeverity by the header {@code severity}
 * @param failure why the probe ended on its own, null while it works
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

    /** Whether any latency at all was measured. */
    public boolean hasLatencies() {
        return latencies.values().stream().anyMatch(each -> each.count() > 0);
    }
}
