package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;

/**
 * A whole number in effect, with its place, to be compared with others.
 *
 * @param file where it is written; for a default, the file where it could be set
 */
record EffectiveValue(String file, String path, long number) {

    private static final int COMPRESSION_ADDS_ONE_IN = 1_024;
    private static final int HEADROOM_IS_ONE_IN = 20;

    /** A comparison of two values; if it does not hold, the problem names both. */
    record Comparison(EffectiveValue left, String demand, EffectiveValue right, boolean holds)
            implements Problems.Requirement {

        @Override
        public Problem problem(String why) {
            return left.problem("is " + left.number + ", must be " + demand + ' ' + right.path + ", " + right.number
                    + " (" + right.file + "): " + why);
        }
    }

    Comparison atMost(EffectiveValue other) {
        return new Comparison(this, "at most", other, number <= other.number);
    }

    Comparison lessThan(EffectiveValue other) {
        return new Comparison(this, "less than", other, number < other.number);
    }

    Comparison atLeast(EffectiveValue other) {
        return new Comparison(this, "at least", other, number >= other.number);
    }

    EffectiveValue plus(EffectiveValue other) {
        return new EffectiveValue(file, path + " + " + other.path, number + other.number);
    }

    EffectiveValue times(int factor) {
        return new EffectiveValue(file, factor + " x " + path, number * factor);
    }

    /** With room for a batch that grows in compression: codecs add less than a thousandth to incompressible data. */
    EffectiveValue withCompressionOverhead() {
        return new EffectiveValue(
                file, path + " and a thousandth for compression", number + number / COMPRESSION_ADDS_ONE_IN + 1);
    }

    /** With room for added headers, and for input that was compressed better than it is here. */
    EffectiveValue withHeadroom() {
        return new EffectiveValue(file, path + " and a twentieth", number + number / HEADROOM_IS_ONE_IN);
    }

    Problem problem(String message) {
        return new Problem(file, path, message);
    }
}
