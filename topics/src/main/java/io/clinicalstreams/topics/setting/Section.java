package io.clinicalstreams.topics.setting;

import java.util.Locale;

/** What a Kafka setting configures. */
public enum Section {
    TOPIC,
    PRODUCER,
    CONSUMER,
    STREAMS,
    /** Only in environments: the brokers' values, which this program never changes. */
    BROKER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
