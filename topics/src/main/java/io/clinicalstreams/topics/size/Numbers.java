package io.clinicalstreams.topics.size;

import java.util.Locale;

/** Numbers as people read them: no more digits than mean something. */
final class Numbers {

    private static final double MANY = 100;
    /** 700 / (1 - 0.3) is a little more than 1000 to a computer. */
    private static final double ROUNDING = 1e-9;

    private Numbers() {}

    /**
     * The next whole number, where a value is more than rounding errors above the one below.
     *
     * @throws IllegalArgumentException when there is none: that must not read as "one will do"
     */
    static int up(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("there is no whole number above " + value);
        }
        return (int) Math.ceil(value - Math.abs(value) * ROUNDING);
    }

    static String of(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= MANY) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
    }
}
