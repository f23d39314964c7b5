package io.clinicalstreams.pipeline.domain.observation;

import java.math.BigDecimal;

/** A limit and the side that meets it: {@code >=6.5}. Its unit is that of its variant. */
public record Threshold(Comparison comparison, BigDecimal limit) {

    /**
     * Parses the text form, {@code <2.5}, {@code <=2.5}, {@code >=6.5} or {@code >6.5}.
     *
     * @throws IllegalArgumentException if the text is not in this form
     */
    public static Threshold parse(String text) {
        Comparison comparison = comparisonOf(text);
        try {
            return new Threshold(
                    comparison,
                    new BigDecimal(text.substring(comparison.symbol().length())));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("a limit must be a decimal number");
        }
    }

    private static Comparison comparisonOf(String text) {
        boolean orEqual = text.startsWith("=", 1);
        if (text.startsWith("<")) {
            return orEqual ? Comparison.LE : Comparison.LT;
        }
        if (text.startsWith(">")) {
            return orEqual ? Comparison.GE : Comparison.GT;
        }
        throw new IllegalArgumentException("a limit must begin with <, <=, >= or >");
    }

    public Threshold times(BigDecimal factor) {
        return new Threshold(comparison, limit.multiply(factor));
    }

    /** The text form. */
    @Override
    public String toString() {
        return comparison.symbol() + limit;
    }
}
