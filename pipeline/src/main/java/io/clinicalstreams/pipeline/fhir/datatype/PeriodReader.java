package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.topics.wire.Reason;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads a Period: two dateTimes, the end not before the start (per-1), whatever time zone a date is in. */
public final class PeriodReader {

    private final FhirTime start;
    private final FhirTime end;
    private boolean hasStart;
    private boolean hasEnd;

    /** @param zone in which a date's day begins and ends */
    public PeriodReader(ZoneId zone) {
        this.start = new FhirTime(zone);
        this.end = new FhirTime(zone);
    }

    /** False if it contains nothing but an id. */
    public boolean read(JsonCursor cursor) {
        hasStart = false;
        hasEnd = false;
        boolean hasContent = false;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            hasContent |= cursor.element() != Element.ID;
            switch (cursor.element()) {
                case START -> hasStart = start.read(cursor);
                case END -> hasEnd = end.read(cursor);
                default -> cursor.skip();
            }
        }
        if (hasStart && hasEnd && start.isAfter(end)) {
            cursor.problems().element(Reason.INVALID_VALUE);
        }
        return hasContent;
    }

    /** From the start's first instant to the end's last; the start alone if there is no end. Null without both. */
    @Nullable
    public WrittenTime written() {
        if (!hasEnd) {
            return hasStart ? start.written() : null;
        }
        WrittenTime until = end.written();
        Instant first = hasStart ? start.written().first() : until.first();
        return first.isAfter(until.last()) ? until : new WrittenTime(first, until.last(), until.isToTheDay());
    }
}
