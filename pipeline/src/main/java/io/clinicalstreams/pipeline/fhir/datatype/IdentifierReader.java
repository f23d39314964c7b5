package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientKeys;
import org.jspecify.annotations.Nullable;

/** Reads an Identifier: system and value, which identify a resource without an id. */
public final class IdentifierReader {

    private byte[] bytes = {};
    private long system = Span.NONE;
    private long value = Span.NONE;

    public void clear() {
        system = Span.NONE;
        value = Span.NONE;
    }

    public void read(JsonCursor cursor) {
        bytes = cursor.bytes();
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case SYSTEM -> system = cursor.bounded(cursor.string());
                case VALUE -> value = cursor.bounded(cursor.string());
                default -> cursor.skip();
            }
        }
    }

    /** The key of the patient with this identifier; null if it has no system or no value. */
    @Nullable
    public PatientKey patient() {
        return value == Span.NONE
                ? null
                : PatientKeys.ofIdentifier(system(), Text.of(bytes, value)).key();
    }

    /** Null if there is none. */
    @Nullable
    public String system() {
        return system == Span.NONE ? null : Text.of(bytes, system);
    }

    /** {@code system|value}, or {@code |value} without a system; null without a value. */
    @Nullable
    public String text() {
        if (value == Span.NONE) {
            return null;
        }
        String named = system();
        return (named == null ? "" : named) + '|' + Text.of(bytes, value);
    }
}
