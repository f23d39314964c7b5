package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.datatype.IdentifierReader;
import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.PatientKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scans a resource separately from reading it, with its own cursor: for the type, which is almost always the first
 * element but need not be, and for contained resources and a Patient's identifiers, which few resources need.
 */
public final class TypeScan {

    private final JsonCursor cursor = new JsonCursor();

    /** The text of resourceType, anywhere in the object; {@link Span#NONE} if there is none. */
    public long resourceType(byte[] bytes, int from, int to) {
        cursor.open(bytes, from, to);
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            if (cursor.element() == Element.RESOURCE_TYPE) {
                return cursor.isAtString() ? cursor.string() : Span.NONE;
            }
            cursor.skip();
        }
        return Span.NONE;
    }

    /** The texts of the references that have an identifier beside them, at any depth. */
    Set<Long> identifiedReferences(byte[] bytes, int from, int to) {
        Set<Long> identified = new HashSet<>();
        cursor.open(bytes, from, to);
        scanReferences(identified);
        return identified;
    }

    /** Recursive: the cursor limits the depth. */
    private void scanReferences(Set<Long> identified) {
        if (cursor.isAtObject()) {
            long reference = Span.NONE;
            boolean hasIdentifier = false;
            for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
                if (cursor.element() == Element.REFERENCE && cursor.isAtString()) {
                    reference = cursor.anyString();
                } else {
                    hasIdentifier |= cursor.element() == Element.IDENTIFIER && cursor.isAtObject();
                    scanReferences(identified);
                }
            }
            if (hasIdentifier) {
                identified.add(reference);
            }
        } else if (cursor.isAtArray()) {
            for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
                scanReferences(identified);
            }
        } else {
            cursor.skip();
        }
    }

    /** A Patient's identifiers, as many as it may have, {@code system|value} of each that has both. */
    public List<String> identifiers(byte[] bytes, int from, int to) {
        List<String> identifiers = new ArrayList<>();
        cursor.open(bytes, from, to);
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            if (cursor.element() == Element.IDENTIFIER) {
                readIdentifiers(identifiers);
            } else {
                cursor.skip();
            }
        }
        return identifiers;
    }

    private void readIdentifiers(List<String> identifiers) {
        IdentifierReader identifier = new IdentifierReader();
        int count = 0;
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            if (++count > Bounds.IDENTIFIERS) {
                cursor.skip();
                continue;
            }
            identifier.clear();
            identifier.read(cursor);
            PatientKey named = identifier.patient();
            if (named != null) {
                identifiers.add(named.reference());
            }
        }
    }

    /** The contained resources: type by id. The type is empty if it is missing or unknown. */
    Map<String, String> contained(byte[] bytes, int from, int to) {
        Map<String, String> typeById = new HashMap<>();
        cursor.open(bytes, from, to);
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            if (cursor.element() == Element.CONTAINED) {
                readContained(typeById);
            } else {
                cursor.skip();
            }
        }
        return typeById;
    }

    private void readContained(Map<String, String> typeById) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            long id = Span.NONE;
            String type = null;
            for (boolean within = cursor.enterObject(); within && cursor.nextName(); ) {
                switch (cursor.element()) {
                    case ID -> id = cursor.string();
                    case RESOURCE_TYPE -> type = KnownTypes.BY_NAME.find(cursor.bytes(), cursor.string());
                    default -> cursor.skip();
                }
            }
            if (id != Span.NONE) {
                typeById.put(Text.of(cursor.bytes(), id), type == null ? "" : type);
            }
        }
    }
}
