package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.PeriodReader;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.topics.wire.Reason;
import java.time.Instant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads effective[x]: of a Period the whole, or only its start if it has no end; of a Timing the latest event. */
final class EffectiveReader {

    private final boolean building;
    private final FhirTime time;
    private final PeriodReader period;
    private int values;
    private boolean certain;
    private @Nullable WrittenTime written;

    EffectiveReader(boolean building, FhirTime time, PeriodReader period) {
        this.building = building;
        this.time = time;
        this.period = period;
    }

    void clear() {
        values = 0;
        certain = false;
        written = null;
    }

    /** Reads the element at the cursor; returns false and reads nothing if it is not effective[x]. */
    boolean read(JsonCursor cursor) {
        switch (cursor.element()) {
            case EFFECTIVE_DATE_TIME -> {
                boolean valid = time.read(cursor);
                certain = valid && time.isToTheDay();
                written = taken(valid);
            }
            case EFFECTIVE_INSTANT -> {
                certain = time.readInstant(cursor);
                written = taken(certain);
            }
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
        return time.readInstant(cursor) && building ? time.instant() : null;
    }

    private @Nullable WrittenTime taken(boolean valid) {
        return valid && building ? time.written() : null;
    }

    private void readPeriod(JsonCursor cursor) {
        period.read(cursor);
        written = building ? period.written() : null;
    }

    /** An event may be null if it has extensions: the arrays {@code event} and {@code _event} are parallel. */
    private void readTiming(JsonCursor cursor) {
        BitSet absent = new BitSet();
        BitSet extended = new BitSet();
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case EVENT -> readEvents(cursor, absent);
                case EVENT_EXTENSIONS -> readExtensions(cursor, extended);
                default -> cursor.skip();
            }
        }
        absent.andNot(extended);
        if (!absent.isEmpty()) {
            cursor.problems().element(Reason.WRONG_ELEMENT_TYPE);
        }
    }

    /** In any order: FHIR does not require one. */
    private void readEvents(JsonCursor cursor, BitSet absent) {
        int index = 0;
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); index++) {
            if (cursor.skipNull()) {
                absent.set(index);
                continue;
            }
            WrittenTime event = taken(time.read(cursor));
            if (event != null && (written == null || event.last().isAfter(written.last()))) {
                written = event;
            }
        }
    }

    /** Which events have extensions; anything else is not read. */
    private static void readExtensions(JsonCursor cursor, BitSet extended) {
        if (!cursor.isAtArray()) {
            cursor.skip();
            return;
        }
        int index = 0;
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); index++) {
            extended.set(index, cursor.isAtObject());
            cursor.skip();
        }
    }

    /** The value of an extension. */
    @Nullable
    WrittenTime readValue(JsonCursor cursor) {
        period.read(cursor);
        return period.written();
    }

    boolean isPresent() {
        return values > 0;
    }

    /** Whether it is a dateTime or an instant, and says on which day. */
    boolean isCertainToTheDay() {
        return certain;
    }

    boolean isMultiple() {
        return values > 1;
    }

    /** Null if there is none, or if it is not to be built. */
    @Nullable
    WrittenTime written() {
        return written;
    }
}
