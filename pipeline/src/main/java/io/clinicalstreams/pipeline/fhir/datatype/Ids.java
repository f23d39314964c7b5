package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.Reason;

/** FHIR's id: 1 to 64 ASCII letters, digits, hyphens and dots. */
public final class Ids {

    private static final int LONGEST = 64;

    private Ids() {}

    /** Reads a resource's id. Where there is something else, notes that and skips it. */
    public static long read(JsonCursor cursor) {
        long span = cursor.string();
        if (span != Span.NONE && !isId(cursor.bytes(), span)) {
            cursor.problems().element(Reason.INVALID_VALUE);
            return Span.NONE;
        }
        return span;
    }

    /** Whether the text of a JSON string is one. */
    private static boolean isId(byte[] bytes, long span) {
        if (Span.isEscaped(span)) {
            return isId(Text.of(bytes, span), 0);
        }
        if (Span.length(span) < 1 || Span.length(span) > LONGEST) {
            return false;
        }
        for (int at = Span.start(span); at < Span.end(span); at++) {
            if (!isPart(bytes[at])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the rest of a text is one. */
    public static boolean isId(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > LONGEST) {
            return false;
        }
        for (int at = from; at < text.length(); at++) {
            if (!isPart(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPart(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || character == '-'
                || character == '.';
    }
}
