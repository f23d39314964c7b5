package io.clinicalstreams.pipeline.fhir;

import org.jspecify.annotations.Nullable;

/** Reads an Identifier: the system and value that name something where it has no id. */
final class IdentifierReader {

    private byte[] bytes = {};
    private long system = Span.NONE;
    private long value = Span.NONE;

    void clear() {
        system = Span.NONE;
        value = Span.NONE;
    }

    void read(JsonCursor cursor) {
        bytes = cursor.bytes();
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            switch (cursor.element()) {
                case SYSTEM -> system = cursor.bounded(cursor.string());
                case VALUE -> value = cursor.bounded(cursor.string());
                default -> cursor.skip();
            }
        }
    }

    /** Null when there is none. */
    @Nullable
    String system() {
        return system == Span.NONE ? null : Text.of(bytes, system);
    }

    /** {@code system|value}, {@code |value} without a system; null without a value. */
    @Nullable
    String text() {
        if (value == Span.NONE) {
            return null;
        }
        String named = system();
        return (named == null ? "" : named) + '|' + Text.of(bytes, value);
    }
}
