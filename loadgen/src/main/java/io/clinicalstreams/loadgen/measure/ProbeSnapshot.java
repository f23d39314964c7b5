package io.clinicalstreams.loadgen.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has seen so far.
 *
 * @param recorded latency from the intended send time to the recorded topics
 * @param alert latency from the intended send time to the alert
 * @param records by full topic name
 * @param alertsBySeverity by the header {@code severity}
 * @param alertsByTransition by the header {@code transition}
 * @param failure why the probe ended on its own, null while it works
 */
public record ProbeSnapshot(
        Latencies recorded,
        Latencies alert,
        Map<String, Long> records,
        Map<String, Long> alertsBySeverity,
        Map<String, Long> alertsByTransition,
        @Nullable String failure) {

    public ProbeSnapshot {
        records = Map.copyOf(records);
        alertsBySeverity = Map.copyOf(alertsBySeverity);
        alertsByTransition = Map.copyOf(alertsByTransition);
    }
}
