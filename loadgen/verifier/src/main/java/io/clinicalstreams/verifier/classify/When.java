package io.clinicalstreams.verifier.classify;

import java.time.Instant;

/**
 * A time as precise as written: an instant, a day, a month, a year or a period.
 *
 * @param from its first instant
 * @param to its last instant; for an instant the same
 */
public record When(Instant from, Instant to) {}
