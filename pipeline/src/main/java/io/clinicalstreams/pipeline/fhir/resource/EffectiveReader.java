package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.PeriodReader;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads effective[x]: of a Period the whole, or only its start if it has no end; of a Timing the latest event. */
final class EffectiveReader {

    private final boolean building;
    private final FhirTime time;
    private final PeriodReader period;
    private int values;
    private @Nullable WrittenTime written;

    EffectiveReader(boolean building, FhirTime time, PeriodReader period) {
        this.building = building;
        this.time = time;
        this.period = period;
    }

    void clear() {
        values = 0;
        written = null;
    }

    /** Reads the element at the cursor; returns false and reads nothing if it is not effective[x]. */
    boolean read(JsonCursor cursor) {
        switch (cursor.element()) {
            case EFFECTIVE_DATE_TIME -> written = taken(time.read(cursor));
            case EFFECTIVE_INSTANT -> written = taken(time.readInstant(cursor));
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

    private void readTiming(JsonCursor cursor) {
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            if (cursor.element() == Element.EVENT) {
                readEvents(cursor);
            } else {
                cursor.skip();
            }
        }
    }

    /** In any order: FHIR does not require one. */
    private void readEvents(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            WrittenTime event = taken(time.read(cursor));
            if (event != null && (written == null || event.last().isAfter(written.last()))) {
                written = event;
            }
        }
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
