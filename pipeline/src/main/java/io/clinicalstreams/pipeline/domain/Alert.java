package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transition of an alert, with everything that is published about it.
 *
 * @param patientReference the reference to the patient: as written in the Observation, or the patient key if no reading
 *     caused the transition
 * @param rule null if it was removed
 * @param criterionName what {@code criterion} is: {@code limit}, or {@code end-reason}
 * @param criterion the deciding criterion as text: the limit that was met, or the clear limit if resolved, with its
 *     unit; the reason if it ended without a reading
 * @param reading the reading that caused the transition; the latest one if none did
 * @param episode after the transition
 * @param at input time
 */
public record Alert(
        String patientReference,
        @Nullable Rule rule,
        String criterionName,
        String criterion,
        Evidence reading,
        Episode episode,
        Instant at) {

    public String alertId() {
        return episode.alertId();
    }

    public int version() {
        return episode.version();
    }

    public Severity severity() {
        return episode.severity();
    }

    public Transition transition() {
        return episode.transition();
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Alert[hidden]";
    }
}
