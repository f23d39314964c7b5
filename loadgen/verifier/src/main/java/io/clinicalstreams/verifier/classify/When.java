package io.clinicalstreams.verifier.classify;

import java.time.Instant;

/**
 * A time as precise as written: an instant, a day, a month, a year or a period.
 *
 * @param from its first instant
 * @param to its last instant; for an instant the same
 * @param toTheDay whether it proves on which day it ends: a month and a year do not
 */
public record When(Instant from, Instant to, boolean toTheDay) {

    /** Its end if it is over, the input's time while it lasts, and its start if it is to come. */
    Instant asOf(Instant at) {
        if (at.isBefore(from)) {
            return from;
        }
        return at.isAfter(to) ? to : at;
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(from) && !moment.isAfter(to);
    }
}
