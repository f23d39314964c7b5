package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.Patient;
import io.clinicalstreams.pipeline.domain.PatientKey;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Patients. They go to no topic, so they are not judged: what cannot be used of one is as if it were missing. */
final class PatientReader {

    private static final Lexicon<String> GENDERS =
            new Lexicon<>(Map.of("male", "male", "female", "female", "other", "other", "unknown", "unknown"));

    private final boolean building;
    private final FhirTime time;

    PatientReader(boolean building, FhirTime time) {
        this.building = building;
        this.time = time;
    }

    Finding.Ignored read(JsonCursor cursor) {
        byte[] bytes = cursor.bytes();
        long id = Span.NONE;
        long gender = Span.NONE;
        long birthDate = Span.NONE;
        if (cursor.enterObject()) {
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case ID -> id = cursor.string();
                    case GENDER -> gender = cursor.string();
                    case BIRTH_DATE -> birthDate = cursor.string();
                    default -> cursor.skip();
                }
            }
        }
        LocalDate born = building && birthDate != Span.NONE ? time.date(bytes, birthDate) : null;
        Patient content = building ? new Patient(born, GENDERS.find(bytes, gender)) : null;
        return new Finding.Ignored(KnownTypes.PATIENT, key(bytes, id), content);
    }

    private static @Nullable PatientKey key(byte[] bytes, long span) {
        String id = span == Span.NONE ? "" : Text.of(bytes, span);
        return Reference.isId(id, 0) ? new PatientKey(KnownTypes.PATIENT + '/' + id) : null;
    }
}
