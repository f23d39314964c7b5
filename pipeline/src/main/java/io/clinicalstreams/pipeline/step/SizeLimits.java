package io.clinicalstreams.pipeline.step;

import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a record may have, by destination. Kafka's limit on the input is on the compressed batch, so a small
 * message can inflate beyond what an output takes; sent all the same, it would stop the lane at every restart.
 */
public final class SizeLimits {

    /** More than a record batch and a record need beside key, value and headers. */
    private static final int FRAME = 512;

    private final Map<Destination, Integer> limits;

    /** @param limits the largest record each destination's topic and the lane's producer take, in bytes */
    public SizeLimits(Map<Destination, Integer> limits) {
        this.limits = new EnumMap<>(limits);
        for (Destination destination : Destination.values()) {
            if (!limits.containsKey(destination)) {
                throw new IllegalArgumentException("no size limit for " + destination);
            }
        }
    }

    boolean fits(Destination destination, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long size = FRAME + (long) length(key) + length(value);
        for (Header header : headers) {
            size += FRAME / 16 + header.key().length() + length(header.value());
        }
        return size <= limits.getOrDefault(destination, 0);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
