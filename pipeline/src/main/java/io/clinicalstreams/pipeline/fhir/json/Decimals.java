package io.clinicalstreams.pipeline.fhir.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** JSON numbers within computable limits: arithmetic with a hostile exponent would never finish. */
public final class Decimals {

    private static final int MAX_DIGITS = 100;
    private static final int MAX_EXPONENT = 400;

    /** Any number with this many digits fits in a long. */
    private static final int LONG_DIGITS = 18;

    private Decimals() {}

    /** False for a number with more than 100 digits or an exponent beyond 400 or -400. */
    static boolean isInRange(byte[] bytes, int start, int end) {
        int digits = 0;
        for (int at = start; at < end; at++) {
            if ((bytes[at] | 0x20) == 'e') {
                return digits <= MAX_DIGITS && hasSmallExponent(bytes, at + 1, end);
            }
            if (bytes[at] >= '0') {
                digits++;
            }
        }
        return digits <= MAX_DIGITS;
    }

    private static boolean hasSmallExponent(byte[] bytes, int start, int end) {
        int exponent = 0;
        for (int at = start; at < end && exponent <= MAX_EXPONENT; at++) {
            if (bytes[at] >= '0') {
                exponent = exponent * 10 + bytes[at] - '0';
            }
        }
        return exponent <= MAX_EXPONENT;
    }

    /** The number exactly as written, including trailing zeros. */
    public static BigDecimal read(byte[] bytes, long span) {
        int start = Span.start(span);
        int end = Span.end(span);
        boolean negative = bytes[start] == '-';
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (int at = negative ? start + 1 : start; at < end; at++) {
            byte next = bytes[at];
            if (next == '.') {
                point = at;
            } else if (next >= '0' && next <= '9' && digits < LONG_DIGITS) {
                unscaled = unscaled * 10 + next - '0';
                digits++;
            } else {
                return new BigDecimal(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
            }
        }
        return BigDecimal.valueOf(negative ? -unscaled : unscaled, point < 0 ? 0 : end - point - 1);
    }

    /** True for FHIR's integer: a 32-bit whole number written without fraction or exponent. */
    public static boolean isInteger(byte[] bytes, long span) {
        if (Span.length(span) > 11) {
            return false;
        }
        for (int at = Span.start(span); at < Span.end(span); at++) {
            if (bytes[at] != '-' && (bytes[at] < '0' || bytes[at] > '9')) {
                return false;
            }
        }
        long value = read(bytes, span).longValue();
        return value == (int) value;
    }
}
