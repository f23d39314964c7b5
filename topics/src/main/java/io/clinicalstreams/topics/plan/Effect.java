package io.clinicalstreams.topics.plan;

import java.util.Locale;

/** What a change does to those who use the topic. */
public enum Effect {
    /** Nobody notices. */
    SAFE,
    /** Somebody may notice: records can be deleted or refused, or readers see something else than before. */
    DISRUPTIVE,
    /** Not done by any command; the reason says what it would break, and what to do instead. */
    REFUSED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
