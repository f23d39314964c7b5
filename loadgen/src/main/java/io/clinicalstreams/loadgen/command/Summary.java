package io.clinicalstreams.loadgen.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.send.SendResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run in words or as JSON. When the generator fell behind its schedule it says so in place of latencies:
 * they would tell about the generator. When measuring ended early it says that beside them: they are of a part only.
 */
record Summary(SendResult result, @Nullable ProbeSnapshot measured) {

    /** Whether everything was sent and confirmed, and measured to the end where that was asked for. */
    boolean isWhole() {
        return result.isComplete() && (measured == null || measured.failure() == null);
    }

    String table() {
        StringBuilder table = new StringBuilder();
        row(
                table,
                "records",
                String.format(
                        Locale.ROOT,
                        "%,d (%,d resources, %,.1f MB)",
                        result.records(),
                        result.resources(),
                        megabytes()));
        row(table, "confirmed", String.format(Locale.ROOT, "%,d", result.acknowledged()));
        row(table, "failed, refused", String.format(Locale.ROOT, "%,d, %,d", result.failed(), result.refused()));
        row(table, "time", String.format(Locale.ROOT, "%.1f s (%,.0f records/s)", result.seconds(), rate()));
        if (result.late().getTotalCount() > 0) {
            row(
                    table,
                    "generator late",
                    String.format(
                            Locale.ROOT, "p99 %.1f ms, max %.1f ms", result.lateMillis(99), result.lateMillisMax()));
        }
        if (measured != null) {
            if (result.keptSchedule()) {
                latency(table, "recorded after", measured.recorded());
                latency(table, "alert after", measured.alert());
            } else {
                row(table, "latency", "not reported: the generator fell behind its schedule");
            }
            if (measured.failure() != null) {
                row(table, "measuring", "ended early, " + measured.failure());
            }
        }
        return table.toString();
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("records", result.records());
        json.put("resources", result.resources());
        json.put("acknowledged", result.acknowledged());
        json.put("failed", result.failed());
        json.put("refused", result.refused());
        json.put("bytes", result.bytes());
        json.put("seconds", result.seconds());
        json.put("keptSchedule", result.keptSchedule());
        json.put("generatorLateMillis", Map.of("p99", result.lateMillis(99), "max", result.lateMillisMax()));
        if (measured != null && result.keptSchedule()) {
            Map<String, Object> latency = new LinkedHashMap<>();
            latency.put("alert", measured.alert());
            latency.put("recorded", measured.recorded());
            json.put("latencyMillis", latency);
        }
        if (measured != null && measured.failure() != null) {
            json.put("measuringEndedEarly", measured.failure());
        }
        try {
            return new ObjectMapper().writeValueAsString(json) + System.lineSeparator();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a summary that is no JSON", impossible);
        }
    }

    private double megabytes() {
        return result.bytes() / 1e6;
    }

    private double rate() {
        return result.seconds() == 0 ? 0 : result.records() / result.seconds();
    }

    private static void latency(StringBuilder table, String name, Latencies latencies) {
        if (latencies.count() == 0) {
            row(table, name, "nothing came");
            return;
        }
        row(
                table,
                name,
                String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms (%,d)",
                        latencies.p50(),
                        latencies.p99(),
                        latencies.p999(),
                        latencies.max(),
                        latencies.count()));
    }

    private static void row(StringBuilder table, String name, String value) {
        table.append(String.format(Locale.ROOT, "%-16s", name)).append(value).append(System.lineSeparator());
    }
}
