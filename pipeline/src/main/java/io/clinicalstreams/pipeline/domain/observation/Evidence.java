package io.clinicalstreams.pipeline.domain.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading behind an alert, as it was reported.
 *
 * @param amount null if its value is not a number
 * @param time its clinical time
 */
public record Evidence(
        ObservationIdentity observation, @Nullable Amount amount, Instant time) {

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Evidence[hidden]";
    }
}
