package io.clinicalstreams.topics.plan;

import java.util.Locale;

/** The effect of a change on the users of a topic. */
public enum Effect {
    /** Users do not notice. */
    SAFE,
    /** Records can be deleted or refused, or readers see a difference. Done only if explicitly requested. */
    DISRUPTIVE,
    /** Never done by a command; the reason says what it would break and what to do instead. */
    REFUSED,
    /** The brokers' version of Kafka does not know the setting; the topic does without it. */
    SKIPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
