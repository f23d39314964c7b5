package io.clinicalstreams.pipeline.domain.observation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the alerting lane reads of a FHIR R4 Observation.
 *
 * @param id the resource id; null when the sender gave none
 * @param identifier {@code system|value} of the first identifier; null when there is none
 * @param patientReference the patient as the Observation refers to it, to be repeated in an alert
 * @param encounter the reference of the encounter
 * @param effective the clinically relevant time, as precise as it was written
 * @param issued when it was made available
 * @param generated true when it is marked as test data (meta.security HTEST)
 * @param measurements its own code and value first, then its components
 */
public record Observation(
        @Nullable String id,
        @Nullable String identifier,
        ObservationStatus status,
        String patientReference,
        @Nullable String encounter,
        @Nullable WrittenTime effective,
        @Nullable Instant issued,
        boolean generated,
        List<Measurement> measurements) {

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Observation[hidden]";
    }
}
