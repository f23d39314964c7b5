package io.clinicalstreams.topics.problem;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks for the compact constructors of the catalogue's records; each message begins with the path. */
public final class Checks {

    /** Longer than anything lasts, and short enough to be counted in milliseconds and nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Checks() {}

    /**
     * Makes every check, so that an author sees all mistakes at once.
     *
     * @throws IllegalArgumentException the first failure, with the others as suppressed ones
     */
    public static void all(Runnable... checks) {
        IllegalArgumentException first = null;
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (IllegalArgumentException wrong) {
                if (first == null) {
                    first = wrong;
                } else {
                    first.addSuppressed(wrong);
                    Stream.of(wrong.getSuppressed()).forEach(first::addSuppressed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    public static String requireText(String path, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(path + ": is missing or empty");
        }
        return text;
    }

    /** For text that becomes a comment in a script, a table cell or a line on a terminal. */
    public static void requireLine(String path, @Nullable String text) {
        if (requireText(path, text).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    path + ": must be one line; for a long one use '>-' without empty lines");
        }
    }

    /** At least a millisecond: Kafka's settings have no smaller unit. */
    public static void requirePositive(String path, @Nullable Duration duration) {
        if (duration != null && duration.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(path + ": must be at least 1 ms, was " + duration);
        }
        requireAtMost(path, duration);
    }

    public static void requireNotNegative(String path, @Nullable Duration duration) {
        if (duration != null && duration.isNegative()) {
            throw new IllegalArgumentException(path + ": must be positive or zero, was " + duration);
        }
        requireAtMost(path, duration);
    }

    private static void requireAtMost(String path, @Nullable Duration duration) {
        if (duration != null && duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(path + ": must be at most 100 years (P36500D), was " + duration);
        }
    }

    public static void requireAtLeast(String path, long least, @Nullable Number value) {
        if (value != null && value.longValue() < least) {
            throw new IllegalArgumentException(path + ": must be at least " + least + ", was " + value);
        }
    }
}
