package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run as a table or JSON: requested and effective settings, what became of the records, and latencies.
 * Invalid latencies are shown with the reason.
 *
 * @param settings the requested settings
 * @param producer every effective setting of the producers
 * @param measured the probe's result, null without a probe
 */
record Summary(
        Map<String, Object> settings,
        Map<String, Object> producer,
        Schedule schedule,
        SendResult result,
        @Nullable ProbeSnapshot measured) {

    /** Shown in the table even when they are Kafka's defaults: they decide latency and loss. */
    private static final Set<String> ALWAYS = Set.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.BATCH_SIZE_CONFIG,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            ProducerConfig.LINGER_MS_CONFIG);

    /** Never shown in the table: the same for every run. */
    private static final Set<String> NEVER = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.CLIENT_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    private static final Map<String, String> NAMES = Map.of(
            "produce",
            "confirmed after",
            LatencyProbe.RECORDED,
            "recorded after",
            LatencyProbe.ALERT,
            "alert after",
            LatencyProbe.READ,
            "read after");

    ExitCode exitCode() {
        boolean isBroken = isConfirming() ? !result.isComplete() : result.failed() + result.refused() > 0;
        if (isBroken || (measured != null && measured.failure() != null)) {
            return ExitCode.FAILURE;
        }
        boolean isMeasured = measured == null || measured.hasLatencies();
        return isConfirming() && isMeasured && result.keptSchedule() ? ExitCode.OK : ExitCode.NOT_HELD;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        row(table, "settings", "%s", joined(settings));
        row(table, "producer", "%s", joined(shownOfProducer()));
        row(
                table,
                "records",
                "%,d (%,d resources, %,.1f MB, %,.0f bytes each)",
                result.records(),
                result.resources(),
                result.bytes() / 1e6,
                (double) result.bytes() / Math.max(1, result.records()));
        if (result.warmUp() > 0) {
            row(table, "warm-up", "%,d of them, not measured", result.warmUp());
        }
        row(
                table,
                "confirmed",
                isConfirming() ? "%,d" : "none: acks=0 requests no confirmation",
                result.acknowledged());
        row(table, "failed, refused", "%,d, %,d", result.failed(), result.refused());
        if (result.notSent() > 0) {
            row(table, "not sent", "%,d that were due", result.notSent());
        }
        double rate = rate();
        row(table, "time", rate < 10 ? "%.1f s (%.3g records/s)" : "%.1f s (%,.0f records/s)", result.seconds(), rate);
        if (result.late().getTotalCount() > 0) {
            row(table, "generator late", "p99 %.1f ms, max %.1f ms", result.lateMillis(99), result.lateMillisMax());
        }
        invalid().forEach(reason -> row(table, "INVALID LATENCY", "%s", reason));
        latencies().forEach((what, latencies) -> row(table, NAMES.getOrDefault(what, what), "%s", text(latencies)));
        return table.toString();
    }

    Map<String, Object> fields() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("settings", settings);
        json.put("producerSettings", producer);
        json.put("records", result.records());
        json.put("warmUpRecords", result.warmUp());
        json.put("resources", result.resources());
        json.put("acknowledged", result.acknowledged());
        json.put("failed", result.failed());
        json.put("refused", result.refused());
        json.put("notSent", result.notSent());
        json.put("bytes", result.bytes());
        json.put("seconds", result.seconds());
        json.put("recordsPerSecond", rate());
        json.put("keptSchedule", result.keptSchedule());
        json.put("generatorLateMillis", Map.of("p99", result.lateMillis(99), "max", result.lateMillisMax()));
        json.put("latencyValid", invalid().isEmpty());
        json.put("latencyInvalidBecause", invalid());
        Map<String, @Nullable Latencies> percentiles = new LinkedHashMap<>();
        latencies().forEach((what, latencies) -> percentiles.put(what, latencies.orNull()));
        json.put("latencyMillis", percentiles);
        if (measured != null && measured.failure() != null) {
            json.put("measuringEndedEarly", measured.failure());
        }
        return json;
    }

    /** Why the latencies are not those of the system under this load, one sentence per reason. */
    private List<String> invalid() {
        List<String> reasons = new ArrayList<>();
        if (!result.keptSchedule()) {
            reasons.add("the generator fell behind its schedule, so they include its own delay");
        }
        if (result.failed() > 0) {
            reasons.add("a record failed and ended the run; they do not include it");
        }
        if (measured != null && measured.failure() != null) {
            reasons.add("measuring ended early, " + measured.failure());
        }
        return reasons;
    }

    /** The producer's latency, then the probe's, in the order of events. */
    private Map<String, Latencies> latencies() {
        Map<String, Latencies> latencies = new LinkedHashMap<>();
        latencies.put("produce", Latencies.of(result.produce()));
        if (measured != null) {
            latencies.putAll(new TreeMap<>(measured.latencies()).descendingMap());
        }
        return latencies;
    }

    private Map<String, Object> shownOfProducer() {
        Map<String, Object> defaults = ProducerConfig.configDef().defaultValues();
        Map<String, Object> shown = new TreeMap<>(producer);
        shown.keySet().removeAll(NEVER);
        shown.entrySet()
                .removeIf(each -> !ALWAYS.contains(each.getKey())
                        && each.getValue().toString().equals(Target.text(defaults.get(each.getKey()))));
        return shown;
    }

    private boolean isConfirming() {
        return !"0".equals(producer.get(ProducerConfig.ACKS_CONFIG));
    }

    private double rate() {
        return schedule.perSecond(result.records() - result.warmUp(), result.seconds());
    }

    private static String joined(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String text(Latencies latencies) {
        return latencies.count() == 0
                ? "nothing was measured"
                : String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms (%,d)",
                        latencies.p50(),
                        latencies.p95(),
                        latencies.p99(),
                        latencies.p999(),
                        latencies.max(),
                        latencies.count());
    }

    private static void row(StringBuilder table, String name, String template, Object... values) {
        table.append(String.format(Locale.ROOT, "%-17s", name))
                .append(String.format(Locale.ROOT, template, values))
                .append(System.lineSeparator());
    }
}
