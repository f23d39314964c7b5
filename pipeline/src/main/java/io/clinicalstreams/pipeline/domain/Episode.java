package io.clinicalstreams.pipeline.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time during which one rule holds for one patient, and the alert that tells of it.
 *
 * @param version the number of transitions so far
 * @param transition the last one
 * @param opening the reading that opened it
 * @param latest the reading with the latest clinical time it has seen
 * @param worst the most extreme reading that met a level
 * @param lastNotifiedAt input's time of the last transition that starts the cool-down
 * @param endedAt input's time of its end; null while it is open
 * @param preliminary the reading that opened it was preliminary and has not become final
 * @param escalations how often it was escalated
 * @param suppressed how many readings made no transition
 * @param generated a reading behind it is test data
 */
public record Episode(
        String alertId,
        String ruleId,
        int version,
        Severity severity,
        Transition transition,
        Evidence opening,
        Evidence latest,
        Evidence worst,
        Instant lastNotifiedAt,
        @Nullable Instant endedAt,
        boolean preliminary,
        int escalations,
        int suppressed,
        boolean generated,
        @Nullable String encounter) {

    public boolean isOpen() {
        return endedAt == null;
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Episode[hidden]";
    }
}
