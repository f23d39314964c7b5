package io.clinicalstreams.demo.bench;

import java.time.Duration;

/**
 * What to measure.
 *
 * @param environment of the catalogue
 * @param rate records a second
 * @param warmUp the same load before, which does not count
 */
public record LatencySettings(String environment, double rate, Duration duration, Duration warmUp, int patients) {}
