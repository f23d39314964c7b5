package io.clinicalstreams.loadgen.result;

import java.util.Locale;

/** Figures as files hold them: more decimals than were measured would only make a file larger. */
final class FigureText {

    private static final double PARTS = 1_000;

    private FigureText() {}

    /** To thousandths. */
    static double rounded(double figure) {
        return Math.round(figure * PARTS) / PARTS;
    }

    /** For people, the same in every locale. */
    static String text(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
