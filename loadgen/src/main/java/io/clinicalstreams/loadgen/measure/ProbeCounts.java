package io.clinicalstreams.loadgen.measure;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Counts and latencies of the records that a probe reads: written by its thread, read by any. */
final class ProbeCounts {

    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final Map<String, String> outcomes;
    private final Map<String, ConcurrentHistogram> latencies;
    private final Map<String, LongAdder> records = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> severities = new ConcurrentHashMap<>();

    /** @param outcomes the outcome of a record, by topic */
    ProbeCounts(Map<String, String> outcomes) {
        this.outcomes = outcomes;
        this.latencies = outcomes.values().stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        outcome -> outcome, outcome -> new ConcurrentHistogram(LONGEST_MICROS, 3)));
    }

    /** @param nowMicros when the record was read, in microseconds since the epoch */
    void saw(ConsumerRecord<?, ?> record, long nowMicros) {
        String outcome = outcomes.getOrDefault(record.topic(), "");
        count(records, outcome);
        ClinicalHeaders headers = new ClinicalHeaders(record.headers());
        String severity = headers.text(HeaderNames.SEVERITY);
        if (severity != null) {
            count(severities, severity);
        }
        ConcurrentHistogram histogram = latencies.get(outcome);
        if (histogram != null) {
            headers.sentAt()
                    .ifPresent(
                            sentAt -> histogram.recordValue(Math.max(0, Math.min(LONGEST_MICROS, nowMicros - sentAt))));
        }
    }

    ProbeSnapshot snapshot(@Nullable String failure) {
        Map<String, Latencies> percentiles = new TreeMap<>();
        latencies.forEach((outcome, histogram) -> percentiles.put(outcome, Latencies.of(histogram.copy())));
        return new ProbeSnapshot(percentiles, sums(records), sums(severities), failure);
    }

    /** Copies, in microseconds, by outcome. */
    Map<String, Histogram> histograms() {
        return latencies.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue()
                .copy()));
    }

    private static void count(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, unseen -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}
