package io.clinicalstreams.pipeline.fhir;

/**
 * A range of bytes, packed into a long so that reading allocates nothing: the content of a JSON string without its
 * quotes, or a number. It remembers whether it holds a backslash, hence whether the bytes are the text.
 */
final class Span {

    /** Nothing was there, or not of the asked type. */
    static final long NONE = -1;

    private static final long ESCAPED = 1L << 31;
    private static final long END = ESCAPED - 1;

    private Span() {}

    static long of(int start, int end, boolean escaped) {
        return ((long) start << 32) | (escaped ? ESCAPED : 0) | end;
    }

    static int start(long span) {
        return (int) (span >>> 32);
    }

    static int end(long span) {
        return (int) (span & END);
    }

    static int length(long span) {
        return end(span) - start(span);
    }

    static boolean isEscaped(long span) {
        return (span & ESCAPED) != 0;
    }
}
