package io.clinicalstreams.pipeline.fhir.json;

/**
 * A range of bytes, packed into a long so that reading allocates nothing: the content of a JSON string without its
 * quotes, or a number. It remembers whether it holds a backslash, hence whether the bytes are the text.
 */
public final class Span {

    /** Nothing was there, or not of the asked type. */
    public static final long NONE = -1;

    private static final long ESCAPED = 1L << 31;
    private static final long END = ESCAPED - 1;

    private Span() {}

    public static long of(int start, int end, boolean escaped) {
        return ((long) start << 32) | (escaped ? ESCAPED : 0) | end;
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
