package io.clinicalstreams.pipeline.domain.observation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a FHIR R4 Patient that the alerting lane uses.
 *
 * @param birthDate the first possible day if only the year or month is known
 * @param birthDateUnreadable whether the birth date is not a date; the part of it that is one counts
 * @param gender FHIR's administrative gender code
 * @param link to the Patient that replaces it; null if it has such a link, and that names no single patient
 */
public record Patient(
        @Nullable LocalDate birthDate,
        boolean birthDateUnreadable,
        @Nullable String gender,
        @Nullable PatientLink link) {

    public Patient(@Nullable LocalDate birthDate, @Nullable String gender) {
        this(birthDate, false, gender, PatientLink.NONE);
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Patient[hidden]";
    }
}
