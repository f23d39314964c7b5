package io.clinicalstreams.loadgen.measure;

import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Counts and latencies of the records that a probe sees: written by its thread, read by any. */
final class ProbeCounts {

    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS_OF_MICROS = 16;

    private final Map<String, String> outcomes;
    private final Map<String, ConcurrentHistogram> latencies;
    private final Map<String, LongAdder> records = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> severities = new ConcurrentHashMap<>();

    /** @param outcomes what a record of each topic is an outcome of */
    ProbeCounts(Map<String, String> outcomes) {
        this.outcomes = outcomes;
        this.latencies = outcomes.values().stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        outcome -> outcome, outcome -> new ConcurrentHistogram(LONGEST_MICROS, 3)));
    }

    /** @param nowMicros when the record came, in microseconds since the epoch */
    void saw(ConsumerRecord<?, ?> record, long nowMicros) {
        String outcome = outcomes.getOrDefault(record.topic(), "");
        count(records, outcome);
        Header severity = record.headers().lastHeader(HeaderNames.SEVERITY);
        if (severity != null && severity.value() != null) {
            count(severities, new String(severity.value(), StandardCharsets.US_ASCII));
        }
        long sentAt = number(record.headers().lastHeader(HeaderNames.SENT_AT));
        ConcurrentHistogram histogram = latencies.get(outcome);
        if (sentAt >= 0 && histogram != null) {
            histogram.recordValue(Math.max(0, Math.min(LONGEST_MICROS, nowMicros - sentAt)));
        }
    }

    ProbeSnapshot snapshot(@Nullable String failure) {
        Map<String, Latencies> percentiles = new TreeMap<>();
        latencies.forEach((outcome, histogram) -> percentiles.put(outcome, Latencies.of(histogram.copy())));
        return new ProbeSnapshot(percentiles, sums(records), sums(severities), failure);
    }

    private static void count(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, unseen -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    /** The number, or -1 where there is none. */
    private static long number(@Nullable Header header) {
        if (header == null || header.value() == null || header.value().length > DIGITS_OF_MICROS) {
            return -1;
        }
        long number = 0;
        for (byte digit : header.value()) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return header.value().length == 0 ? -1 : number;
    }
}
