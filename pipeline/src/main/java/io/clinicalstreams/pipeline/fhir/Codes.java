package io.clinicalstreams.pipeline.fhir;

/** FHIR's code: no blank at either end and never two in a row. */
final class Codes {

    private Codes() {}

    static boolean isCode(byte[] bytes, long span) {
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
