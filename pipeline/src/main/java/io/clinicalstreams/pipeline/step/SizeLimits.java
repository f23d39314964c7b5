package io.clinicalstreams.pipeline.step;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How large a record of the recording lane may be, by destination. Kafka's limit on the input is on the compressed batch,
 * so a small message can inflate beyond what an output takes; sent all the same, it would stop the lane at every restart.
 */
public final class SizeLimits {

    private final Map<Destination, SizeLimit> limits;

    public SizeLimits(Map<Destination, SizeLimit> limits) {
        this.limits = new EnumMap<>(limits);
        for (Destination destination : Destination.values()) {
            if (!limits.containsKey(destination)) {
                throw new IllegalArgumentException("no size limit for " + destination);
            }
        }
    }

    boolean fits(Destination destination, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return Objects.requireNonNull(limits.get(destination)).fits(key, value, headers);
    }
}
