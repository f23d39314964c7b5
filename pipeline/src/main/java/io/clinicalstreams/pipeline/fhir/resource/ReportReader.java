package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.ReferenceContext;
import io.clinicalstreams.topics.wire.ReportTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads DiagnosticReports for the time of their results. They have no output topic, so they are not validated: unusable
 * elements are treated as missing.
 */
final class ReportReader {

    private final EffectiveReader effective;

    ReportReader(EffectiveReader effective) {
        this.effective = effective;
    }

    void read(JsonCursor cursor, ReferenceContext context, ReportTimes times) {
        effective.clear();
        Instant issued = null;
        List<String> results = new ArrayList<>();
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ISSUED -> issued = effective.readInstant(cursor);
                case RESULT -> readResults(cursor, context, results);
                default -> {
                    if (!effective.read(cursor)) {
                        cursor.skip();
                    }
                }
            }
        }
        WrittenTime time = time(effective.written(), issued);
        if (time != null) {
            results.forEach(result -> times.add(result, time));
        }
    }

    /** The time in the extensions of an entry; null if it has none. */
    @Nullable
    WrittenTime readExtensions(JsonCursor cursor) {
        WrittenTime found = null;
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            long url = Span.NONE;
            WrittenTime value = null;
            for (boolean isObject = cursor.enterObject(); isObject && cursor.nextName(); ) {
                switch (cursor.element()) {
                    case URL -> url = cursor.string();
                    case VALUE_PERIOD -> value = effective.readValue(cursor);
                    default -> cursor.skip();
                }
            }
            boolean isOurs = url != Span.NONE && Text.of(cursor.bytes(), url).equals(ReportTime.URL);
            found = isOurs && found == null ? value : found;
        }
        return found;
    }

    private static @Nullable WrittenTime time(@Nullable WrittenTime effective, @Nullable Instant issued) {
        if (effective != null && effective.isToTheDay()) {
            return effective;
        }
        return issued == null ? null : WrittenTime.at(issued);
    }

    /** As written, to be compared with full URLs, and as resolved: a relative reference is one of its own server. */
    private static void readResults(JsonCursor cursor, ReferenceContext context, List<String> results) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            ReferenceReader result = new ReferenceReader();
            result.read(cursor);
            String text = result.text();
            if (text != null && text.indexOf(':') >= 0) {
                results.add(text);
            }
            String outside = context.outside(result);
            if (outside != null) {
                results.add(outside);
            }
        }
    }
}
