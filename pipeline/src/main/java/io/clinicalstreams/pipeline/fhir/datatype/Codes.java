package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.domain.Reason;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;

/** FHIR's code: no blank at either end and never two in a row. */
final class Codes {

    private Codes() {}

    /** Reads a string in the format of a code. Where there is something else, notes that and skips it. */
    static long read(JsonCursor cursor) {
        long span = cursor.string();
        if (span != Span.NONE && !isCode(cursor.bytes(), span)) {
            cursor.problems().element(Reason.INVALID_VALUE);
            return Span.NONE;
        }
        return span;
    }

    private static boolean isCode(byte[] bytes, long span) {
        if (Span.isEscaped(span)) {
            return isCode(Text.of(bytes, span));
        }
        boolean blankBefore = true;
        for (int at = Span.start(span); at < Span.end(span); at++) {
            boolean blank = bytes[at] == ' ';
            if (blank && blankBefore) {
                return false;
            }
            blankBefore = blank;
        }
        return !blankBefore;
    }

    private static boolean isCode(String text) {
        boolean blankBefore = true;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = Character.isWhitespace(text.charAt(i));
            if (blank && blankBefore) {
                return false;
            }
            blankBefore = blank;
        }
        return !blankBefore;
    }
}
