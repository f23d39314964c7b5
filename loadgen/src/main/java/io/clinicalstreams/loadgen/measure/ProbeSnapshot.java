package io.clinicalstreams.loadgen.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** What several probes saw, each of other outcomes. */
    public static ProbeSnapshot of(List<ProbeSnapshot> each) {
        Map<String, Latencies> latencies = new HashMap<>();
        Map<String, Long> records = new HashMap<>();
        Map<String, Long> severities = new HashMap<>();
        for (ProbeSnapshot one : each) {
            latencies.putAll(one.latencies);
            records.putAll(one.records);
            one.alertsBySeverity.forEach((severity, count) -> severities.merge(severity, count, Long::sum));
        }
        String failure = each.stream()
                .map(ProbeSnapshot::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new ProbeSnapshot(latencies, records, severities, failure);
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
