package io.clinicalstreams.loadgen.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clinicalstreams.topics.problem.Checks;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the rate over time.
 *
 * @param rate records per second at its beginning; 0 for a pause
 * @param to records per second at its end, between which the rate changes evenly; null for the same
 * @param lasts null for without end
 */
public record Phase(
        double rate,
        @Nullable Double to,
        @JsonProperty("for") @Nullable Duration lasts) {

    /** More than any machine sends; with more, the count of due records would overflow. */
    private static final double MOST_PER_SECOND = 1e12;

    public Phase {
        Checks.all(
                () -> requireRate("rate", rate),
                () -> requireRate("to", to == null ? 0 : to),
                () -> Checks.requirePositive("for", lasts),
                () -> {
                    if (lasts == null && to != null) {
                        throw new IllegalArgumentException("to: requires for, as the rate changes over a time");
                    }
                    if (lasts == null && rate == 0) {
                        throw new IllegalArgumentException(
                                "rate: a pause requires for; as fast as possible is load: []");
                    }
                });
    }

    /** The problem with a rate, if any. */
    static Optional<String> problemWith(double rate) {
        return rate >= 0 && rate <= MOST_PER_SECOND
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "must be 0 (as fast as possible) or more, at most %,.0f, was %s",
                        MOST_PER_SECOND,
                        rate));
    }

    private static void requireRate(String path, double rate) {
        if (!(rate >= 0 && rate <= MOST_PER_SECOND)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: must be from 0 to %,.0f records per second, was %s",
                    path,
                    MOST_PER_SECOND,
                    rate));
        }
    }

    double last() {
        return to == null ? rate : to;
    }

    double seconds() {
        return lasts == null ? Double.POSITIVE_INFINITY : lasts.toNanos() / 1e9;
    }

    /** How many records are due in it; infinite without end. */
    double records() {
        return lasts == null ? Double.POSITIVE_INFINITY : (rate + last()) / 2 * seconds();
    }

    /** Seconds from its beginning until so many records are due. */
    double secondsUntil(double records) {
        double change = (last() - rate) / seconds();
        return records == 0 ? 0 : 2 * records / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * change * records)));
    }

    /** How many records are due in its first seconds. */
    double recordsBefore(double seconds) {
        return (rate + (last() - rate) / seconds() * seconds / 2) * seconds;
    }

    /** {@code 100 to 1000 for PT1M} */
    @Override
    public String toString() {
        return number(rate) + (to == null ? "" : " to " + number(to)) + (lasts == null ? "" : " for " + lasts);
    }

    static String number(double rate) {
        return rate == Math.rint(rate) ? String.format(Locale.ROOT, "%.0f", rate) : String.valueOf(rate);
    }
}
