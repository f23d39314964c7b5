package io.clinicalstreams.pipeline.domain.observation;

import java.math.BigDecimal;

/**
 * The exact factor between two units as a fraction, both parts positive: a value v is v * numerator / denominator in
 * the other unit. Comparing v * numerator with limit * denominator needs no division and no rounding.
 */
public record Conversion(BigDecimal numerator, BigDecimal denominator) {

    public static final Conversion IDENTITY = new Conversion(BigDecimal.ONE, BigDecimal.ONE);

    public Conversion {
        if (numerator.signum() <= 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException("a conversion's factor must be positive");
        }
    }
}
