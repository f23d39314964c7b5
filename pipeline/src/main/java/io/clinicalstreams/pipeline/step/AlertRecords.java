package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Creates the record of an alert: the DetectedIssue, and headers for consumers to filter on, which never identify the
 * patient.
 */
record AlertRecords(DetectedIssueWriter writer) {

    /** @param origin headers of the input that caused the alert; empty if no input did */
    Record<byte[], AlertRecord> of(byte[] patient, Alert alert, long timestamp, Headers origin) {
        AlertRecord written = new AlertRecord(alert.alertId(), writer.write(alert));
        return new Record<>(patient, written, timestamp, headers(alert, origin));
    }

    private static Headers headers(Alert alert, Headers origin) {
        Headers headers = new RecordHeaders(origin);
        add(headers, HeaderNames.ALERT_ID, alert.alertId());
        add(headers, HeaderNames.ALERT_VERSION, Integer.toString(alert.version()));
        add(headers, HeaderNames.RULE, alert.episode().ruleId());
        if (alert.rule() != null) {
            add(headers, HeaderNames.RULE_VERSION, alert.rule().version());
        }
        add(headers, HeaderNames.SEVERITY, lowerCase(alert.severity()));
        add(headers, HeaderNames.TRANSITION, lowerCase(alert.transition()));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    static String lowerCase(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
