package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import java.time.Instant;

/**
 * One transition of an alert, with all there is to tell about it.
 *
 * @param patientReference the patient as the Observation refers to it
 * @param criterion in words, what decided: the limit that is met, or the clear limit when it resolved, with its unit
 * @param reading what caused the transition
 * @param episode as it stands after the transition
 * @param at the input's time
 */
public record Alert(
        String patientReference, Rule rule, String criterion, Evidence reading, Episode episode, Instant at) {

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
