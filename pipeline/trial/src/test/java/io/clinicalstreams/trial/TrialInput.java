package io.clinicalstreams.trial;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.Record;

/** Input for trials, and trials of it. */
final class TrialInput {

    static final Catalogue CATALOGUE = CatalogueLoader.load("development");
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant NOW = START.plus(Duration.ofDays(365));

    /** Alerts of patients without a reading after it end without one. */
    private static final Duration PAUSE = Duration.ofDays(10);

    private TrialInput() {}

    /** Everything that the generator sends with the right key, and a pause near the end. */
    static List<Generated> generated(int records) {
        Generator generator = new Generator(
                Scenario.plain(20_261_127, 40)
                        .with(Share.CRITICAL, 0.15)
                        .with(Share.MALFORMED, 0.05)
                        .with(Share.BUNDLES, 0.03),
                1);
        return IntStream.range(0, records)
                .mapToObj(i -> generator.next(
                        START.plusMillis(100L * i).plus(i < records - records / 20 ? Duration.ZERO : PAUSE)))
                .toList();
    }

    static List<byte[]> documents(List<Generated> records) {
        return records.stream()
                .map(record -> Objects.requireNonNullElse(record.value(), new byte[0]))
                .toList();
    }

    /** A trial's alerts, by patient, and what became of everything. */
    record Result(Map<String, List<String>> alerts, TrialSummary summary) {}

    static Result evaluate(List<byte[]> documents) {
        return evaluate(TrialRules.of(List.of()), documents);
    }

    static Result evaluate(RuleTable rules, List<byte[]> documents) {
        Map<String, List<String>> alerts = new LinkedHashMap<>();
        AlertingTrial trial = new AlertingTrial(CATALOGUE, rules, NOW, alert -> note(alert, alerts));
        documents.forEach(trial::take);
        return new Result(alerts, trial.end());
    }

    private static void note(Record<byte[], AlertRecord> alert, Map<String, List<String>> alerts) {
        alerts.computeIfAbsent(text(alert.key()), patient -> new ArrayList<>())
                .add(text(Objects.requireNonNull(alert.value().detectedIssue())));
    }

    static byte[] potassium(String id, String patient, String value, String effective) {
        return bytes("""
                {"resourceType":"Observation","id":"%s","status":"final","code":{"coding":[{"system":"http://loinc.org",\
                "code":"2823-3"}]},"subject":{"reference":"Patient/%s"},"effectiveDateTime":"%s",\
                "valueQuantity":{"value":%s,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}""".formatted(id, patient, effective, value));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
