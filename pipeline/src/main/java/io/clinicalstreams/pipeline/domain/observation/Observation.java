package io.clinicalstreams.pipeline.domain.observation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a FHIR R4 Observation that the alerting lane uses.
 *
 * @param id the resource id, the full URL on another hospital's server; null if the sender gave none
 * @param identifier {@code system|value} of the first identifier; null if there is none
 * @param patientReference the reference to the patient as written, to be copied to alerts
 * @param encounter the reference of the encounter
 * @param effective the clinically relevant time, at the precision written
 * @param issued when it was made available
 * @param generated true if marked as test data (meta.security HTEST)
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
