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
    UNKNOWN;

    /** Whether its result is taken back: entered in error or cancelled. */
    public boolean isWithdrawn() {
        return this == ENTERED_IN_ERROR || this == CANCELLED;
    }

    /** The rank among versions of an Observation that arrive together: the higher one is the later one. */
    public int rank() {
        return switch (this) {
            case UNKNOWN -> 0;
            case REGISTERED -> 1;
            case PRELIMINARY -> 2;
            case FINAL -> 3;
            case AMENDED -> 4;
            case CORRECTED -> 5;
            case CANCELLED -> 6;
            case ENTERED_IN_ERROR -> 7;
        };
    }
}
