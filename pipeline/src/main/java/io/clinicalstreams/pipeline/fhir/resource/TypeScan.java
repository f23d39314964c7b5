package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import java.util.HashMap;
import java.util.Map;

/**
 * Scans a resource separately from reading it, with its own cursor: for the type, which is almost always the first
 * element but need not be, and for contained resources, which few resources need.
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
