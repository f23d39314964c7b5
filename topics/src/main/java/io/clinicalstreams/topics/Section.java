package io.clinicalstreams.topics;

import java.util.Locale;

/** Who a Kafka setting belongs to. */
enum Section {
    TOPIC,
    PRODUCER,
    CONSUMER,
    STREAMS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
