package io.clinicalstreams.pipeline.domain;

import java.time.Instant;

/**
 * One reading behind an alert, as it was reported.
 *
 * @param time its clinical time
 */
public record Evidence(ObservationIdentity observation, Interval value, Unit unit, Instant time) {

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Evidence[hidden]";
    }
}
