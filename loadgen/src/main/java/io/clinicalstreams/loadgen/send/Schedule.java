package io.clinicalstreams.loadgen.send;

import io.clinicalstreams.loadgen.scenario.RateCurve;
import java.time.Duration;

/**
 * When each record is due, fixed in advance. Without a rate each record is due at once.
 *
 * @param load when each is due; it begins after the warm-up, during which the rate is that of the load's beginning
 * @param warmUp how long to send before anything is measured
 * @param duration how long to send after that; a record due exactly at the end is not sent
 */
public record Schedule(RateCurve load, Duration warmUp, Duration duration) {

    /** Longer than any run, and short enough to be counted in nanoseconds. */
    private static final Duration CENTURY = Duration.ofDays(36_500);

    public Schedule {
        load = load.after(Duration.ofNanos(nanos(warmUp)));
    }

    /**
     * Without a warm-up.
     *
     * @param rate records per second, 0 for as fast as possible
     */
    public static Schedule of(double rate, Duration duration) {
        return new Schedule(RateCurve.steady(rate), Duration.ZERO, duration);
    }

    boolean isPaced() {
        return load.isPaced();
    }

    /** Nanoseconds from the start to record {@code i}; only when paced. */
    long dueNanos(long i) {
        return load.dueNanos(i);
    }

    /** Nanoseconds from the start to the first record that is measured. */
    long measuredFrom() {
        return nanos(warmUp);
    }

    /** Nanoseconds from the start to the end. */
    long end() {
        return nanos(warmUp) + nanos(duration);
    }

    /** How many records are due before a time, in nanoseconds from the start, and before the end; only when paced. */
    long dueBefore(long nanos) {
        return load.dueBefore(Math.max(0, Math.min(nanos, end())));
    }

    /** Records per second after the warm-up; the span includes the last record's slot of the schedule. */
    public double perSecond(long records, double seconds) {
        double span = isPaced() ? Math.max(seconds, slots(records)) : seconds;
        return span == 0 ? 0 : records / span;
    }

    /** Seconds from the end of the warm-up until so many records and the next one are due. */
    private double slots(long records) {
        return (dueNanos(dueBefore(measuredFrom()) + records) - measuredFrom()) / 1e9;
    }

    private static long nanos(Duration span) {
        return (span.compareTo(CENTURY) > 0 ? CENTURY : span).toNanos();
    }
}
