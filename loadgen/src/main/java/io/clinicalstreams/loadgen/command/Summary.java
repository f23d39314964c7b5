package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.result.ResultJson;
import io.clinicalstreams.loadgen.result.RunSummary;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run as a table or JSON: requested and effective settings, what became of the records, latencies, and what
 * the system did meanwhile. Invalid latencies are shown with the reason.
 *
 * @param settings the requested settings
 * @param producer every effective setting of the producers
 */
record Summary(Map<String, Object> settings, Map<String, Object> producer, RunSummary run) {

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
            RunSummary.PRODUCE,
            "confirmed after",
            LatencyProbe.RECORDED,
            "recorded after",
            LatencyProbe.ALERT,
            "alert after",
            LatencyProbe.READ,
            "read after");

    ExitCode exitCode() {
        boolean isBroken = isConfirming() ? !run.allConfirmed() : run.failed() + run.refused() > 0;
        if (isBroken || run.measuringEndedEarly() != null) {
            return ExitCode.FAILURE;
        }
        return isConfirming() && run.hasMeasured() && run.keptSchedule() ? ExitCode.OK : ExitCode.NOT_HELD;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        row(table, "settings", "%s", joined(settings));
        row(table, "producer", "%s", joined(shownOfProducer()));
        row(
                table,
                "records",
                "%,d (%,d resources, %,.1f MB, %,.0f bytes each)",
                run.records(),
                run.resources(),
                run.bytes() / 1e6,
                (double) run.bytes() / Math.max(1, run.records()));
        if (run.warmUpRecords() > 0) {
            row(table, "warm-up", "%,d of them, not measured", run.warmUpRecords());
        }
        row(table, "confirmed", isConfirming() ? "%,d" : "none: acks=0 requests no confirmation", run.acknowledged());
        row(table, "failed, refused", "%,d, %,d", run.failed(), run.refused());
        if (run.notSent() > 0) {
            row(table, "not sent", "%,d that were due", run.notSent());
        }
        double rate = run.recordsPerSecond();
        row(table, "time", rate < 10 ? "%.1f s (%.3g records/s)" : "%.1f s (%,.0f records/s)", run.seconds(), rate);
        if (run.generatorLateMillis().max() > 0) {
            row(
                    table,
                    "generator late",
                    "p99 %.1f ms, max %.1f ms",
                    run.generatorLateMillis().p99(),
                    run.generatorLateMillis().max());
        }
        run.latencyInvalidBecause().forEach(reason -> row(table, "INVALID LATENCY", "%s", reason));
        run.latencyMillis()
                .forEach((what, latencies) -> row(table, NAMES.getOrDefault(what, what), "%s", text(latencies)));
        run.systemRows().forEach(each -> row(table, each.name(), "%s", each.text()));
        return table.toString();
    }

    Map<String, Object> fields() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("settings", settings);
        json.put("producerSettings", producer);
        json.putAll(ResultJson.fields(run));
        return json;
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

    private static String joined(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String text(@Nullable Latencies latencies) {
        return latencies == null
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
        table.append(String.format(Locale.ROOT, "%-16s ", name))
                .append(String.format(Locale.ROOT, template, values))
                .append(System.lineSeparator());
    }
}
