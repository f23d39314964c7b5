package io.clinicalstreams.pipeline.domain.observation;

/**
 * The unit of a measured value.
 *
 * @param coded true for a UCUM code, false for the unit text of a value without one
 */
public record Unit(String text, boolean coded) {

    /** The unit of a number that was reported without one. */
    public static final Unit NONE = new Unit("", false);

    /** With UCUM's u for micro, which laboratories write as the micro sign or as the Greek letter mu. */
    public Unit withoutMu() {
        String latin = withoutMu(text);
        return latin.equals(text) ? this : new Unit(latin, coded);
    }

    /** The same of a unit's text. */
    public static String withoutMu(String text) {
        return text.replace('\u00b5', 'u').replace('\u03bc', 'u');
    }
}
