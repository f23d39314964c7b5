package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Merge;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How an input record arrived: its original coordinates, its time in the first topic, and whether it was re-keyed. Only
 * the re-keyed topic's headers are trusted; any sender can set headers in the first topic.
 *
 * @param origin coordinates of the record in the first topic; of one entry if a Bundle entry was re-keyed
 * @param partition the partition it was read from
 * @param receivedAt its timestamp in the first topic, milliseconds since the epoch
 * @param timestamp the record's own timestamp, milliseconds since the epoch
 * @param key the record's key as received
 * @param sentAt the sender's intended time as header bytes, or null
 * @param merge what a duplicate's key forwarded here; null if it did not
 * @param hops how many times it was forwarded
 */
record Arrival(
        Coordinates origin,
        int partition,
        long receivedAt,
        boolean rekeyed,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] sentAt,
        @Nullable Merge merge,
        int hops) {

    static Arrival of(RecordMetadata metadata, Record<byte[], byte[]> record, String rekeyedTopic) {
        Coordinates here = Coordinates.ofRecord(metadata.topic(), metadata.partition(), metadata.offset());
        ClinicalHeaders headers = new ClinicalHeaders(record.headers());
        byte[] sentAt = headers.digits(HeaderNames.SENT_AT);
        if (!metadata.topic().equals(rekeyedTopic)) {
            return new Arrival(
                    here,
                    metadata.partition(),
                    record.timestamp(),
                    false,
                    record.timestamp(),
                    record.key(),
                    sentAt,
                    null,
                    0);
        }
        return new Arrival(
                Objects.requireNonNullElse(headers.origin(), here),
                metadata.partition(),
                headers.receivedAt().orElse(record.timestamp()),
                true,
                record.timestamp(),
                record.key(),
                sentAt,
                headers.merge(),
                headers.mergeHops());
    }

    /** The input time that rules use. */
    Instant time() {
        return Instant.ofEpochMilli(receivedAt);
    }

    /** The coordinates of a resource in the record. An entry that was re-keyed in a Bundle of one keeps its own. */
    Coordinates of(int index) {
        return index == Coordinates.WHOLE_RECORD || origin.isEntry() ? origin : origin.entry(index);
    }

    /** New headers for an output of a resource in this input: of the sender's headers, only numbers are copied. */
    Headers headers(Coordinates resource) {
        Headers headers = new RecordHeaders().add(HeaderNames.ORIGIN, resource.toBytes());
        return sentAt == null ? headers : headers.add(HeaderNames.SENT_AT, sentAt);
    }

    /** The same with the time in the first topic, for a resource that is re-keyed. */
    Headers headersToSendAgain(Coordinates resource) {
        return headers(resource)
                .add(HeaderNames.RECEIVED_AT, Long.toString(receivedAt).getBytes(StandardCharsets.US_ASCII));
    }
}
