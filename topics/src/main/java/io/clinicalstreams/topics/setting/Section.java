package io.clinicalstreams.topics.setting;

import java.util.Locale;

/** Who a Kafka setting belongs to. */
public enum Section {
    TOPIC,
    PRODUCER,
    CONSUMER,
    STREAMS,
    /** Only in environments: what the brokers have, which is not set from here. */
    BROKER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
