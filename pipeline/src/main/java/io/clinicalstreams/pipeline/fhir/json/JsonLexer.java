package io.clinicalstreams.pipeline.fhir.json;

/** Finds the ends of JSON tokens (strictly RFC 8259) in bytes that are known to be UTF-8. */
final class JsonLexer {

    /** Returned instead of an end if the bytes are not such a token. */
    static final int BROKEN = -1;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS_TO_QUOTES = ONES * (' ' ^ '"');
    private static final long AFTER_BLANKS = ONES * (' ' + 1);

    private JsonLexer() {}

    static boolean isWhitespace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    /** The content of the string whose opening quote is just before {@code from}, or {@link Span#NONE}. */
    static long string(byte[] bytes, int from, int limit) {
        boolean escaped = false;
        int at = from;
        while (true) {
            at = plainEnd(bytes, at, limit);
            if (at == limit) {
                return Span.NONE;
            }
            if (bytes[at] == '"') {
                return Span.of(from, at, escaped);
            }
            at = bytes[at] == '\\' ? escapeEnd(bytes, at, limit) : BROKEN;
            if (at == BROKEN) {
                return Span.NONE;
            }
            escaped = true;
        }
    }

    /** The first quote, backslash or control character, eight bytes at a time; {@code limit} if there is none. */
    private static int plainEnd(byte[] bytes, int from, int limit) {
        int at = from;
        while (at + Long.BYTES <= limit) {
            long word = ByteWords.at(bytes, at);
            // The high bit of a byte is set if it is the character. Bits set above the first match do not matter.
            long backslash = zeroBytes(word ^ BACKSLASHES);
            // The difference between a quote and a blank exchanges these two, and keeps control characters below both.
            long quoteOrControl = ((word ^ BLANKS_TO_QUOTES) - AFTER_BLANKS) & ~word;
            long special = (backslash | quoteOrControl) & HIGH_BITS;
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < limit && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] < 0 || bytes[at] >= ' ')) {
            at++;
        }
        return at;
    }

    private static long zeroBytes(long word) {
        return (word - ONES) & ~word;
    }

    private static int escapeEnd(byte[] bytes, int backslash, int limit) {
        if (backslash + 1 >= limit) {
            return BROKEN;
        }
        return switch (bytes[backslash + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
            case 'u' -> hexEnd(bytes, backslash + 2, limit);
            default -> BROKEN;
        };
    }

    private static int hexEnd(byte[] bytes, int from, int limit) {
        if (from + 4 > limit) {
            return BROKEN;
        }
        for (int i = from; i < from + 4; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return BROKEN;
            }
        }
        return from + 4;
    }

    /** The end of the number that starts at {@code from}. */
    static int number(byte[] bytes, int from, int limit) {
        int at = from < limit && bytes[from] == '-' ? from + 1 : from;
        boolean leadingZero = at < limit && bytes[at] == '0';
        at = leadingZero ? at + 1 : digits(bytes, at, limit);
        if (at != BROKEN && at < limit && bytes[at] == '.') {
            at = digits(bytes, at + 1, limit);
        }
        if (at != BROKEN && at < limit && (bytes[at] | 0x20) == 'e') {
            boolean signed = at + 1 < limit && (bytes[at + 1] == '+' || bytes[at + 1] == '-');
            at = digits(bytes, signed ? at + 2 : at + 1, limit);
        }
        return at;
    }

    /** The end of one or more digits. */
    private static int digits(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at == from ? BROKEN : at;
    }

    /** The end of the given literal. */
    static int literal(byte[] bytes, int from, int limit, byte[] literal) {
        int end = from + literal.length;
        if (end > limit) {
            return BROKEN;
        }
        for (int i = 0; i < literal.length; i++) {
            if (bytes[from + i] != literal[i]) {
                return BROKEN;
            }
        }
        return end;
    }
}
