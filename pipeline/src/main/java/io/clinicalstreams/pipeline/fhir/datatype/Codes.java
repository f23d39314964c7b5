package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.Reason;

/** FHIR's code: no whitespace at either end, and never two whitespace characters in a row. */
public final class Codes {

    private Codes() {}

    /** Reads a string in the format of a code. Anything else is recorded as a problem and skipped. */
    static long read(JsonCursor cursor) {
        long span = cursor.string();
        if (span != Span.NONE && !isCode(cursor.bytes(), span)) {
            cursor.problems().element(Reason.INVALID_VALUE);
            return Span.NONE;
        }
        return span;
    }

    /** Whether the text of a JSON string is in the format of a code. */
    public static boolean isCode(byte[] bytes, long span) {
        if (Span.isEscaped(span)) {
            byte[] text = Text.utf8(bytes, span);
            return isCode(text, 0, text.length);
        }
        return isCode(bytes, Span.start(span), Span.end(span));
    }

    private static boolean isCode(byte[] bytes, int start, int end) {
        boolean blankBefore = true;
        for (int at = start; at < end; at++) {
            boolean blank = bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r');
            if (blank && blankBefore) {
                return false;
            }
            blankBefore = blank;
        }
        return !blankBefore;
    }
}
