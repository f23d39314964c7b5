package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ResourceIds;

/** Reads a resource's id. */
public final class Ids {

    private Ids() {}

    /** Reads a resource's id. Anything else is recorded as a problem and skipped. */
    public static long read(JsonCursor cursor) {
        long span = cursor.string();
        if (span != Span.NONE && !isId(cursor.bytes(), span)) {
            cursor.problems().element(Reason.INVALID_VALUE);
            return Span.NONE;
        }
        return span;
    }

    /** Whether the text of a JSON string is an id. */
    public static boolean isId(byte[] bytes, long span) {
        if (Span.isEscaped(span)) {
            return ResourceIds.isId(Text.of(bytes, span), 0);
        }
        if (Span.length(span) < 1 || Span.length(span) > ResourceIds.LONGEST) {
            return false;
        }
        for (int at = Span.start(span); at < Span.end(span); at++) {
            if (!ResourceIds.isPart(bytes[at])) {
                return false;
            }
        }
        return true;
    }
}
