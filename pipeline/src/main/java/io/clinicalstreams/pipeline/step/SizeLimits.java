package io.clinicalstreams.pipeline.step;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The maximum size of the recording lane's records, by destination. Kafka limits the compressed batch, so a small input
 * can decompress to more than an output topic allows; sending it would stop the lane at every restart.
 */
public final class SizeLimits {

    private final Map<Destination, SizeLimit> limits;

    /** @param limitOf the limit of a topic, by its logical name */
    public SizeLimits(Function<String, SizeLimit> limitOf) {
        this.limits = Stream.concat(
                        Destination.recorded().stream(), Stream.of(Destination.REKEYED, Destination.REJECTED))
                .collect(Collectors.toUnmodifiableMap(
                        destination -> destination, destination -> limitOf.apply(destination.topic())));
    }

    boolean fits(Destination destination, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return Objects.requireNonNull(limits.get(destination)).fits(key, value, headers);
    }
}
