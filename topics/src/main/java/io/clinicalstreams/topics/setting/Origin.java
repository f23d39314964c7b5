package io.clinicalstreams.topics.setting;

import java.util.Locale;

/** The part of the catalogue that an effective setting comes from; a later one overrides an earlier one. */
public enum Origin {
    /** Kafka's own default, not written down. */
    DEFAULT,
    /** The profile of the topic or lane, or one that it extends. */
    PROFILE,
    /** The topic's own file. */
    TOPIC,
    /** The lane's own file. */
    LANE,
    /** The environment: its own setting, or one derived from its brokers and replication. */
    ENVIRONMENT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
