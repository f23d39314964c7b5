package io.clinicalstreams.topics;

/**
 * A whole number that takes effect somewhere, with the place that says so, to be held against others.
 *
 * @param file where it is written; where nobody wrote it, the file in which it could be
 */
record EffectiveValue(String file, String path, long number) {

    /** Whether a value holds against another; if not, both are named. */
    record Comparison(EffectiveValue left, String demand, EffectiveValue right, boolean holds) {

        Problem problem(String why) {
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

    Comparison moreThan(EffectiveValue other) {
        return new Comparison(this, "more than", other, number > other.number);
    }

    EffectiveValue plus(EffectiveValue other) {
        return new EffectiveValue(file, path + " + " + other.path, number + other.number);
    }

    EffectiveValue times(int factor) {
        return new EffectiveValue(file, factor + " x " + path, number * factor);
    }

    Problem problem(String message) {
        return new Problem(file, path, message);
    }
}
