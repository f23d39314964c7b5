package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;

/**
 * A whole number that takes effect somewhere, with the place that says so, to be held against others.
 *
 * @param file where it is written; for a default, the file in which it could be
 */
record EffectiveValue(String file, String path, long number) {

    private static final int PACKING_ADDS_ONE_IN = 1_024;
    private static final int HEADROOM_IS_ONE_IN = 20;

    /** Whether a value holds against another; if not, both are named. */
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

    /** With room for a batch that grows when it is packed: to what they cannot pack, codecs add less than a thousandth. */
    EffectiveValue packed() {
        return new EffectiveValue(
                file, path + " and a thousandth for packing", number + number / PACKING_ADDS_ONE_IN + 1);
    }

    /** With room for headers that are added, and for input that was packed better than it is here. */
    EffectiveValue withHeadroom() {
        return new EffectiveValue(file, path + " and a twentieth", number + number / HEADROOM_IS_ONE_IN);
    }

    Problem problem(String message) {
        return new Problem(file, path, message);
    }
}
