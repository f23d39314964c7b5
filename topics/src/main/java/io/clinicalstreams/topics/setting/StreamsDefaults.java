package io.clinicalstreams.topics.setting;

import java.util.Map;
import java.util.Optional;

/** Kafka Streams' defaults where they differ from those of the plain clients. A test compares them with Kafka Streams. */
public final class StreamsDefaults {

    public static final Map<String, String> AT_LEAST_ONCE = Map.of("producer.linger.ms", "100");

    public static final Map<String, String> EXACTLY_ONCE = Map.of(
            "producer.linger.ms",
            "100",
            "commit.interval.ms",
            "100",
            "producer.transaction.timeout.ms",
            "10000",
            "producer.delivery.timeout.ms",
            String.valueOf(Integer.MAX_VALUE),
            "main.consumer.max.poll.records",
            "1000");

    private StreamsDefaults() {}

    /** @param name with the prefix of the client; empty if the plain client's default applies */
    public static Optional<String> of(boolean exactlyOnce, String name) {
        return Optional.ofNullable((exactlyOnce ? EXACTLY_ONCE : AT_LEAST_ONCE).get(name));
    }
}
