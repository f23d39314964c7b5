package io.clinicalstreams.pipeline.step;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How large a record may be, before it is packed.
 *
 * @param bytes the largest that both its topic and the lane's producer take
 */
public record SizeLimit(int bytes) {

    /** More than a record batch and a record need beside key, value and headers. */
    private static final int FRAME = 512;

    /** More than a header needs beside name and value. */
    private static final int HEADER_FRAME = 32;

    boolean fits(byte @Nullable [] key, byte @Nullable [] value) {
        return size(key, value) <= bytes;
    }

    boolean fits(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long size = size(key, value);
        for (Header header : headers) {
            size += HEADER_FRAME + header.key().length() + length(header.value());
        }
        return size <= bytes;
    }

    private static long size(byte @Nullable [] key, byte @Nullable [] value) {
        return FRAME + (long) length(key) + length(value);
    }

    static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
