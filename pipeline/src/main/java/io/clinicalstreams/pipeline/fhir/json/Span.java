package io.clinicalstreams.pipeline.fhir.json;

/**
 * A range of bytes, encoded in a long so that reading allocates nothing: the content of a JSON string without its
 * quotes, or a number. A flag tells whether it contains escapes, or the bytes are the text.
 */
public final class Span {

    /** Missing, or not of the expected type. */
    public static final long NONE = -1;

    private static final long ESCAPED = 1L << 31;
    private static final long END = ESCAPED - 1;

    private Span() {}

    public static long of(int start, int end, boolean escaped) {
        return ((long) start << 32) | (escaped ? ESCAPED : 0) | end;
    }

    /** The same range, so many bytes further on. */
    public static long moved(long span, int by) {
        return span == NONE ? NONE : of(start(span) + by, end(span) + by, isEscaped(span));
    }

    public static int start(long span) {
        return (int) (span >>> 32);
    }

    public static int end(long span) {
        return (int) (span & END);
    }

    public static int length(long span) {
        return end(span) - start(span);
    }

    public static boolean isEscaped(long span) {
        return (span & ESCAPED) != 0;
    }
}
