package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;

/** Reads referenceRange of an Observation or of one of its components, for obs-3 only. */
final class ReferenceRangeReader {

    private boolean hasEmpty;

    void clear() {
        hasEmpty = false;
    }

    void read(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            hasEmpty |= !readRange(cursor);
        }
    }

    private static boolean readRange(JsonCursor cursor) {
        boolean says = false;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case LOW, HIGH -> says |= cursor.skipObject();
                case TEXT -> says |= cursor.skipString();
                default -> cursor.skip();
            }
        }
        return says;
    }

    /** True if one of the ranges has no low, high or text. */
    boolean hasEmpty() {
        return hasEmpty;
    }
}
