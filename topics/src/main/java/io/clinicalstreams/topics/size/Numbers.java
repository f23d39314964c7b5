package io.clinicalstreams.topics.size;

import java.util.Locale;

/** Numbers as people read them: no more digits than mean something. */
final class Numbers {

    private static final double MANY = 100;

    private Numbers() {}

    static String of(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= MANY) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
    }
}
