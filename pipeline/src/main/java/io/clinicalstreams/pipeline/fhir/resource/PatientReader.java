package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Reads Patients. They have no output topic, so they are not validated: unusable elements are treated as missing. Only
 * the number of identifiers is limited.
 */
final class PatientReader {

    private static final TextMap<String> GENDERS =
            new TextMap<>(Map.of("male", "male", "female", "female", "other", "other", "unknown", "unknown"));

    private final boolean building;
    private final FhirTime time;
    private final PatientKeys references;

    PatientReader(boolean building, FhirTime time, PatientKeys references) {
        this.building = building;
        this.time = time;
        this.references = references;
    }

    /**
     * @param types scans the resource, from {@code from} to {@code to}, for identifiers if it has no id
     * @param context of a Patient that no search names
     */
    Finding read(JsonCursor cursor, TypeScan types, int from, int to, ReferenceContext context) {
        byte[] bytes = cursor.bytes();
        long id = Span.NONE;
        long gender = Span.NONE;
        long birthDate = Span.NONE;
        boolean hasBirthDate = false;
        int identifiers = 0;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ID -> id = Ids.read(cursor);
                case IDENTIFIER -> identifiers = count(cursor);
                case GENDER -> gender = cursor.string();
                case BIRTH_DATE -> {
                    hasBirthDate = true;
                    birthDate = cursor.string();
                }
                default -> cursor.skip();
            }
        }
        if (identifiers > Bounds.IDENTIFIERS) {
            return new Finding.Rejected(Reason.TOO_MANY_REPETITIONS);
        }
        LocalDate born = building && birthDate != Span.NONE ? time.date(bytes, birthDate) : null;
        boolean unreadable = hasBirthDate && born == null;
        if (building && unreadable && birthDate != Span.NONE) {
            born = time.leadingDate(bytes, birthDate);
        }
        Patient content = building ? new Patient(born, unreadable, GENDERS.find(bytes, gender)) : null;
        PatientKey key = id == Span.NONE
                ? references.ofPatient(null, types.identifiers(bytes, from, to), context)
                : references.ofPatient(Text.of(bytes, id), List.of(), context);
        return new Finding.Ignored(ResourceTypeNames.PATIENT, key, content);
    }

    private static int count(JsonCursor cursor) {
        int count = 0;
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); count++) {
            cursor.skip();
        }
        return count;
    }
}
