package io.clinicalstreams.verifier.classify;

import java.time.Instant;

/**
 * A time as precise as it is written: a moment, a day, a month, a year, a period.
 *
 * @param from its first moment
 * @param to its last moment; of a moment the same
 */
public record When(Instant from, Instant to) {}
