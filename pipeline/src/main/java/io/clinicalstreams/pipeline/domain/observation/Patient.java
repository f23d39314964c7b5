package io.clinicalstreams.pipeline.domain.observation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a FHIR R4 Patient that the alerting lane uses.
 *
 * @param birthDate the first possible day if only the year or month is known
 * @param gender FHIR's administrative gender code
 */
public record Patient(
        @Nullable LocalDate birthDate, @Nullable String gender) {

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Patient[hidden]";
    }
}
