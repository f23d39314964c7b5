package io.clinicalstreams.pipeline.domain.observation;

import java.time.Instant;

/**
 * A time as precise as it was written: a moment, the whole day, month or year of a date, or a period.
 *
 * <p>The design said that a date means the end of its day. Then every result that was dated today lay hours ahead of its
 * input, was taken for one from the future, and raised no alert. So now a time that lasts while its input comes in means
 * the input's time, and only one that has not begun is ahead. What is over still means its end: a result is not called
 * stale before it must be. The log still decides: the input's time is the log's.
 *
 * @param first its first moment
 * @param last its last moment; of a moment the same as the first
 */
public record WrittenTime(Instant first, Instant last) {

    public WrittenTime {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("a time must not end before it begins");
        }
    }

    public static WrittenTime at(Instant moment) {
        return new WrittenTime(moment, moment);
    }

    /** The moment it means in an input of that time: its end; while it lasts, the input's time; before that, its start. */
    Instant asOf(Instant input) {
        if (input.isBefore(first)) {
            return first;
        }
        return input.isBefore(last) ? input : last;
    }
}
