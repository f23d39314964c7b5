package io.clinicalstreams.topics.size;

/**
 * One computed value and how it was computed.
 *
 * @param formula in words, then with the numbers filled in
 */
record Figure(String name, double value, String unit, String formula) {

    /** @param numbers fill the formula in, see {@link Numbers#in} */
    static Figure of(String name, double value, String unit, String formula, Object... numbers) {
        return new Figure(name, value, unit, Numbers.in(formula, numbers));
    }
}
