package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.datatype.MetaReader;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads Patients, and the link of a duplicate to the Patient that replaces it. They have no output topic, so they are not
 * validated: unusable elements are treated as missing. Only the number of identifiers is limited.
 */
final class PatientReader {

    private static final TextMap<String> GENDERS =
            new TextMap<>(Map.of("male", "male", "female", "female", "other", "other", "unknown", "unknown"));

    private final boolean building;
    private final FhirTime time;
    private final PatientKeys references;
    private final MetaReader meta;
    private @Nullable ReferenceReader replacedBy;
    private boolean several;
    private @Nullable String written;

    PatientReader(boolean building, FhirTime time, PatientKeys references) {
        this.building = building;
        this.time = time;
        this.meta = new MetaReader(building, time);
        this.references = references;
    }

    /**
     * @param types scans the resource, from {@code from} to {@code to}, for identifiers if it has no id
     * @param context of a Patient that no search names
     * @param contained types of its contained resources by id
     */
    Finding read(
            JsonCursor cursor,
            TypeScan types,
            int from,
            int to,
            ReferenceContext context,
            Supplier<Map<String, String>> contained) {
        byte[] bytes = cursor.bytes();
        replacedBy = null;
        several = false;
        meta.clear();
        long id = Span.NONE;
        long gender = Span.NONE;
        long birthDate = Span.NONE;
        boolean hasBirthDate = false;
        int identifiers = 0;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ID -> id = Ids.read(cursor);
                case IDENTIFIER -> identifiers = count(cursor);
                case META -> meta.read(cursor);
                case LINK -> readLinks(cursor);
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
        PatientLink link = link(context, contained);
        Patient content = building ? new Patient(born, unreadable, GENDERS.find(bytes, gender), link) : null;
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

    private void readLinks(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            readLink(cursor);
        }
    }

    private void readLink(JsonCursor cursor) {
        ReferenceReader other = new ReferenceReader();
        long type = Span.NONE;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case LINK_OTHER -> other.read(cursor);
                case TYPE -> type = cursor.string();
                default -> cursor.skip();
            }
        }
        boolean isReplaced = type != Span.NONE && Text.of(cursor.bytes(), type).equals("replaced-by");
        several |= isReplaced && replacedBy != null;
        replacedBy = isReplaced && replacedBy == null ? other : replacedBy;
    }

    /** Null if it names no single patient. */
    private @Nullable PatientLink link(ReferenceContext context, Supplier<Map<String, String>> contained) {
        written = null;
        if (replacedBy == null) {
            return new PatientLink(null, meta.versionId(), meta.lastUpdated());
        }
        PatientReference other = references.resolve(replacedBy, context, contained);
        written = other.written();
        return other.key() == null || several
                ? null
                : new PatientLink(other.key(), meta.versionId(), meta.lastUpdated());
    }

    /** The link of the Patient read last; null if it has none. */
    @Nullable
    ReferenceReader replacedBy() {
        return replacedBy;
    }

    /** What the link must be outside the Bundle; null if it stays as received. */
    @Nullable
    String written() {
        return written;
    }
}
