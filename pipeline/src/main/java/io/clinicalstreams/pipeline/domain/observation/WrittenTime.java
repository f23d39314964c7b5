package io.clinicalstreams.pipeline.domain.observation;

import java.time.Instant;

/**
 * A time at the precision written: an instant, a whole day, month or year, or a period.
 *
 * <p>If a date always meant the end of its day, every result dated today would be hours ahead of its input, count as
 * from the future, and raise no alert. So a time that is not over when its input arrives means the input time, and only
 * a time that has not begun is in the future. A time that is over means its end, so that a result does not become stale
 * early. The log decides: the input time is the record's timestamp in the log.
 *
 * @param first its start
 * @param last its end; for an instant, the same as its start
 * @param isToTheDay whether it says on which day it ends: a month or a year does not
 */
public record WrittenTime(Instant first, Instant last, boolean isToTheDay) {

    public WrittenTime {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("a time must not end before it begins");
        }
    }

    /** A time that is known to the day. */
    public WrittenTime(Instant first, Instant last) {
        this(first, last, true);
    }

    public static WrittenTime at(Instant moment) {
        return new WrittenTime(moment, moment);
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(first) && !moment.isAfter(last);
    }

    /**
     * The instant it means at an input time: its end if it is over, the input time while it lasts, its start before it
     * begins.
     */
    Instant asOf(Instant input) {
        if (input.isBefore(first)) {
            return first;
        }
        return input.isBefore(last) ? input : last;
    }
}
