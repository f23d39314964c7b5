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
        boolean hasContent = false;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                // A text may have only extensions, such as why it is unknown.
                case LOW, HIGH, TEXT_EXTENSIONS -> hasContent |= cursor.skipObject();
                case TEXT -> hasContent |= cursor.skipString();
                default -> cursor.skip();
            }
        }
        return hasContent;
    }

    /** True if one of the ranges has no low, high or text. */
    boolean hasEmpty() {
        return hasEmpty;
    }
}
