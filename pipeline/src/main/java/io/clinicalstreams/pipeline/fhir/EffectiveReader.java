package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads effective[x]: a Period means its end, or its start while it lasts; a Timing the last of its events. */
final class EffectiveReader {

    private final boolean building;
    private final FhirTime time;
    private int values;
    private @Nullable Instant instant;

    EffectiveReader(boolean building, FhirTime time) {
        this.building = building;
        this.time = time;
    }

    void clear() {
        values = 0;
        instant = null;
    }

    /** Reads the element before whose value the cursor stands; false, and nothing read, when it is no effective[x]. */
    boolean read(JsonCursor cursor) {
        switch (cursor.element()) {
            case EFFECTIVE_DATE_TIME -> instant = readDateTime(cursor);
            case EFFECTIVE_INSTANT -> instant = readInstant(cursor);
            case EFFECTIVE_PERIOD -> readPeriod(cursor);
            case EFFECTIVE_TIMING -> readTiming(cursor);
            default -> {
                return false;
            }
        }
        values++;
        return true;
    }

    @Nullable
    Instant readInstant(JsonCursor cursor) {
        long span = cursor.string();
        return taken(cursor, span, span != Span.NONE && time.readInstant(cursor.bytes(), span));
    }

    private @Nullable Instant readDateTime(JsonCursor cursor) {
        long span = cursor.string();
        return taken(cursor, span, span != Span.NONE && time.read(cursor.bytes(), span));
    }

    private @Nullable Instant taken(JsonCursor cursor, long span, boolean valid) {
        if (!valid && span != Span.NONE) {
            cursor.problems().element(Reason.INVALID_VALUE);
        }
        return valid && building ? time.instant() : null;
    }

    private void readPeriod(JsonCursor cursor) {
        if (!cursor.enterObject()) {
            return;
        }
        Instant start = null;
        Instant end = null;
        while (cursor.nextName()) {
            switch (cursor.element()) {
                case START -> start = readDateTime(cursor);
                case END -> end = readDateTime(cursor);
                default -> cursor.skip();
            }
        }
        instant = end == null ? start : end;
    }

    private void readTiming(JsonCursor cursor) {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            if (cursor.element() == Element.EVENT) {
                readEvents(cursor);
            } else {
                cursor.skip();
            }
        }
    }

    private void readEvents(JsonCursor cursor) {
        if (!cursor.enterArray()) {
            return;
        }
        while (cursor.nextElement()) {
            instant = readDateTime(cursor);
        }
    }

    boolean isMultiple() {
        return values > 1;
    }

    /** Null when there is none, or when it is not to be built. */
    @Nullable
    Instant instant() {
        return instant;
    }
}
