package io.clinicalstreams.topics.size;

/**
 * One computed value and how it was computed.
 *
 * @param formula in words, then with the numbers filled in
 */
record Figure(String name, double value, String unit, String formula) {}
