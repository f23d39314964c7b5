package io.clinicalstreams.pipeline.domain.observation;

/** The value set of Observation.status (FHIR R4, required binding). */
public enum ObservationStatus {
    REGISTERED,
    PRELIMINARY,
    FINAL,
    AMENDED,
    CORRECTED,
    CANCELLED,
    ENTERED_IN_ERROR,
    UNKNOWN
}
