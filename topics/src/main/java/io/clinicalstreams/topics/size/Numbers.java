package io.clinicalstreams.topics.size;

import java.util.Arrays;
import java.util.Locale;

/** Numbers for people, with only significant digits. */
final class Numbers {

    static final double MB = 1e6;
    static final double GB = 1e9;
    static final double SECONDS_PER_DAY = 86_400;

    private static final double MANY = 100;
    /** 700 / (1 - 0.3) is slightly more than 1000 in floating point. */
    private static final double ROUNDING = 1e-9;
    /** More of anything than can be built, but small enough that sums are exact. */
    private static final double ABSURD = 1e7;

    private Numbers() {}

    /**
     * Rounds up to a whole number, ignoring rounding errors.
     *
     * @param what is counted, for the message
     * @throws IllegalArgumentException if the value is not a number or absurd: that must not become "one is enough"
     */
    static int up(String what, double value) {
        if (!(value <= ABSURD)) {
            throw new IllegalArgumentException(
                    what + ": needs " + of(value) + ", more than the supported " + of(ABSURD) + "; check the inputs");
        }
        return (int) Math.ceil(value - Math.abs(value) * ROUNDING);
    }

    static String of(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= MANY) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
    }

    /** Fills in each {@code %s}; formats a {@code Double} with {@link #of}. */
    static String in(String text, Object... values) {
        return text.formatted(Arrays.stream(values)
                .map(value -> value instanceof Double number ? of(number) : value)
                .toArray());
    }
}
