package io.clinicalstreams.pipeline.domain.observation;

/**
 * The unit of a measured value.
 *
 * @param coded true for a UCUM code, false for the unit text of a value without one
 */
public record Unit(String text, boolean coded) {

    /** The unit of a number that was reported without one. */
    public static final Unit NONE = new Unit("", false);
}
