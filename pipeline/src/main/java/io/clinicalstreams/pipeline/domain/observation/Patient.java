package io.clinicalstreams.pipeline.domain.observation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the alerting lane reads of a FHIR R4 Patient.
 *
 * @param birthDate the first possible day where only the year or month is known
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
