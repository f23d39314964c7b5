package io.clinicalstreams.topics.plan;

import java.util.Locale;

/** What a change does to the users of a topic. */
public enum Effect {
    /** Users do not notice. */
    SAFE,
    /** Records can be deleted or refused, or readers see something different. Only done when asked for by name. */
    DISRUPTIVE,
    /** No command does it; the reason says what it would break and what to do instead. */
    REFUSED,
    /** The brokers' version of Kafka does not know the setting, and the topic goes without it. */
    SKIPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
