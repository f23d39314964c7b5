package io.clinicalstreams.topics.size;

/**
 * One answer, and how it came about.
 *
 * @param formula in words, with the numbers put in
 */
record Figure(String name, double value, String unit, String formula) {}
