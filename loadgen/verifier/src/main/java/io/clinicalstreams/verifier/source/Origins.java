package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads what the headers of an output say. */
public final class Origins {

    private Origins() {}

    /** The input that the record came from; null when the header is missing or no coordinates. */
    public static @Nullable Coordinates of(ConsumerRecord<byte[], byte[]> record) {
        String text = header(record, HeaderNames.ORIGIN);
        if (text == null) {
            return null;
        }
        try {
            return Coordinates.parse(text);
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    public static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }

    /** Where the record itself stands. */
    public static Coordinates here(ConsumerRecord<byte[], byte[]> record) {
        return Coordinates.ofRecord(record.topic(), record.partition(), record.offset());
    }
}
