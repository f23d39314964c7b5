package io.clinicalstreams.pipeline.step;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The maximum uncompressed size of a record.
 *
 * @param bytes the largest size that both its topic and the lane's producer allow
 */
public record SizeLimit(int bytes) {

    /** More than the overhead of a record batch and a record. */
    private static final int FRAME = 512;

    /** More than the overhead of a header. */
    private static final int HEADER_FRAME = 32;

    boolean fits(byte @Nullable [] key, byte @Nullable [] value) {
        return fits(key, length(value));
    }

    boolean fits(byte @Nullable [] key, int value) {
        return size(key, value) <= bytes;
    }

    boolean fits(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long size = size(key, length(value));
        for (Header header : headers) {
            size += HEADER_FRAME + header.key().length() + length(header.value());
        }
        return size <= bytes;
    }

    private static long size(byte @Nullable [] key, int value) {
        return FRAME + (long) length(key) + value;
    }

    static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
