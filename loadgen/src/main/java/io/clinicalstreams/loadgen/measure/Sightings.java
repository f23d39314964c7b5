package io.clinicalstreams.loadgen.measure;

import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Counts and latencies of the records a probe sees: written by its thread, read by any. */
final class Sightings {

    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS_OF_MICROS = 16;

    private final String alertTopic;
    private final ConcurrentHistogram recorded = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final ConcurrentHistogram alert = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Map<String, LongAdder> records = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> severities = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> transitions = new ConcurrentHashMap<>();

    Sightings(String alertTopic) {
        this.alertTopic = alertTopic;
    }

    /** @param nowMicros when the record came, in microseconds since the epoch */
    void saw(ConsumerRecord<?, ?> record, long nowMicros) {
        count(records, record.topic());
        boolean isAlert = record.topic().equals(alertTopic);
        if (isAlert) {
            countHeader(severities, record, HeaderNames.SEVERITY);
            countHeader(transitions, record, HeaderNames.TRANSITION);
        }
        long sentAt = number(record.headers().lastHeader(HeaderNames.SENT_AT));
        if (sentAt >= 0) {
            long latency = Math.max(0, Math.min(LONGEST_MICROS, nowMicros - sentAt));
            (isAlert ? alert : recorded).recordValue(latency);
        }
    }

    ProbeSnapshot snapshot(@Nullable String failure) {
        return new ProbeSnapshot(
                Latencies.of(recorded.copy()),
                Latencies.of(alert.copy()),
                sums(records),
                sums(severities),
                sums(transitions),
                failure);
    }

    private static void countHeader(Map<String, LongAdder> counts, ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        boolean isGiven = header != null && header.value() != null;
        count(counts, isGiven ? new String(header.value(), StandardCharsets.US_ASCII) : "none");
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
