package io.clinicalstreams.pipeline.alert;

import java.math.BigDecimal;

/** An exact fraction of decimals. */
record Ratio(BigDecimal numerator, BigDecimal denominator) {

    static final Ratio ONE = new Ratio(BigDecimal.ONE, BigDecimal.ONE);

    static Ratio of(BigDecimal value) {
        return new Ratio(value, BigDecimal.ONE);
    }

    Ratio times(Ratio other) {
        return new Ratio(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Ratio inverse() {
        return new Ratio(denominator, numerator);
    }

    /** @param exponent may be negative */
    Ratio power(int exponent) {
        Ratio positive = new Ratio(numerator.pow(Math.abs(exponent)), denominator.pow(Math.abs(exponent)));
        return exponent < 0 ? positive.inverse() : positive;
    }

    boolean isOne() {
        return numerator.compareTo(denominator) == 0;
    }

    /** The same fraction with denominator 1, if its decimal expansion terminates. */
    Ratio reduced() {
        try {
            return of(numerator.divide(denominator).stripTrailingZeros());
        } catch (ArithmeticException endless) {
            return this;
        }
    }
}
