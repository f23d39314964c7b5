package io.clinicalstreams.pipeline.domain.observation;

/**
 * The unit of a measured value.
 *
 * @param coded true for a UCUM code, false for the text beside a value that has none
 */
public record Unit(String text, boolean coded) {

    /** Of a number that was reported without a unit. */
    public static final Unit NONE = new Unit("", false);
}
