package io.clinicalstreams.demo.bench;

/**
 * What to measure.
 *
 * @param environment of the catalogue
 * @param records Observations in the input
 * @param repeats rounds that count, after one that does not
 * @param patients the Observations are about
 */
public record ThroughputSettings(String environment, long records, int repeats, int patients) {}
