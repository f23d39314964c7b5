package io.clinicalstreams.loadgen.send;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When each record is due: {@code t_i = i / rate} after the start, fixed in advance. Without a rate each record is due
 * at once.
 *
 * @param rate records per second, 0 for as fast as possible
 * @param warmUp how long to send before anything is measured
 * @param duration how long to send after that; a record due exactly at the end is not sent
 */
public record Schedule(double rate, Duration warmUp, Duration duration) {

    /** More than any machine sends; with more, the count of due records would overflow. */
    public static final double MOST_PER_SECOND = 1e12;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Longer than any run, and short enough to be counted in nanoseconds. */
    private static final Duration CENTURY = Duration.ofDays(36_500);

    public Schedule {
        problemWith(rate).ifPresent(problem -> {
            throw new IllegalArgumentException("rate: " + problem);
        });
    }

    /** The problem with a rate, if any. */
    public static Optional<String> problemWith(double rate) {
        return rate >= 0 && rate <= MOST_PER_SECOND
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "must be 0 (as fast as possible) or more, at most %,.0f, was %s",
                        MOST_PER_SECOND,
                        rate));
    }

    /** Without a warm-up. */
    public static Schedule of(double rate, Duration duration) {
        return new Schedule(rate, Duration.ZERO, duration);
    }

    boolean isPaced() {
        return rate > 0;
    }

    /** Nanoseconds from the start to record {@code i}; only when paced. */
    long dueNanos(long i) {
        return (long) (i * (NANOS_PER_SECOND / rate));
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
        return (long) Math.ceil(Math.max(0, Math.min(nanos, end())) / NANOS_PER_SECOND * rate);
    }

    /** Records per second; the span includes the last record's slot of the schedule. */
    public double perSecond(long records, double seconds) {
        double span = isPaced() ? Math.max(seconds, records / rate) : seconds;
        return span == 0 ? 0 : records / span;
    }

    private static long nanos(Duration span) {
        return (span.compareTo(CENTURY) > 0 ? CENTURY : span).toNanos();
    }
}
