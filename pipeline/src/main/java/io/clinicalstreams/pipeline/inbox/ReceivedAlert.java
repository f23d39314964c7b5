package io.clinicalstreams.pipeline.inbox;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A transition of an alert, as read from the topic of alerts.
 *
 * @param alertId null if the record has no such header: no lane wrote it
 * @param version rises with each transition; 0 if the record has no such header
 * @param detectedIssue JSON in UTF-8; null for a record without a value
 * @param at the record's timestamp, milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedAlert(
        @Nullable String alertId, long version, byte @Nullable [] detectedIssue, int partition, long offset, long at) {

    static ReceivedAlert of(ConsumerRecord<byte[], byte[]> record) {
        ClinicalHeaders headers = new ClinicalHeaders(record.headers());
        byte[] version = headers.digits(HeaderNames.ALERT_VERSION);
        return new ReceivedAlert(
                headers.text(HeaderNames.ALERT_ID),
                version == null ? 0 : Long.parseLong(new String(version, StandardCharsets.US_ASCII)),
                record.value(),
                record.partition(),
                record.offset(),
                record.timestamp());
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "ReceivedAlert[" + partition + '/' + offset + ']';
    }
}
