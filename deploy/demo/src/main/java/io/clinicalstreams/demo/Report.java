package io.clinicalstreams.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.alert.AlertCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of a run as JSON. The names are an interface. Counts are of resources; {@code sent} is the sum of
 * recorded, rejected, ignored and lost.
 *
 * @param recorded by logical topic name
 * @param notEvaluated readings that the rules did not evaluate, by reason
 * @param latencyMillis from the intended send time
 * @param seconds duration of the run
 */
@JsonPropertyOrder({
    "sent",
    "recorded",
    "rejected",
    "ignored",
    "rekeyed",
    "lost",
    "duplicated",
    "notEvaluated",
    "alerts",
    "latencyMillis",
    "generatorLateMillis",
    "seconds"
})
public record Report(
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
    @JsonPropertyOrder({"raised", "escalated", "resolved", "retracted", "suppressed"})
    public record Alerts(long raised, long escalated, long resolved, long retracted, long suppressed) {}

    @JsonPropertyOrder({"alert", "recorded"})
    public record Latency(Percentiles alert, Percentiles recorded) {}

    public Report {
        recorded = Collections.unmodifiableMap(new TreeMap<>(recorded));
        rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
        ignored = Collections.unmodifiableMap(new TreeMap<>(ignored));
        notEvaluated = Collections.unmodifiableMap(new TreeMap<>(notEvaluated));
    }

    /**
     * @param notEvaluated as counted by the alerting lane
     * @param suppressed as counted by the alerting lane
     */
    public static Report assemble(
            Verdict verdict,
            AlertCounts alerts,
            Map<String, Long> notEvaluated,
            long suppressed,
            Percentiles alertLatency,
            Percentiles recordedLatency,
            Lateness lateness,
            double seconds) {
        return new Report(
                verdict.sent(),
                verdict.recorded(),
                verdict.rejected(),
                verdict.ignored(),
                verdict.rekeyed(),
                verdict.lost(),
                verdict.duplicated(),
                notEvaluated,
                new Alerts(alerts.raised(), alerts.escalated(), alerts.resolved(), alerts.retracted(), suppressed),
                new Latency(alertLatency, recordedLatency),
                lateness,
                seconds);
    }

    /** One line of JSON. */
    public String toJson() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report is always JSON", impossible);
        }
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, toJson() + System.lineSeparator());
    }
}
