package io.clinicalstreams.topics.terminal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses a duration as typed: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d} or {@code PT1M30S}.
 * Hand-written: picocli's own converter takes the last form only.
 */
final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private DurationText() {}

    static Duration parse(String text) {
        Matcher parts = SHORT.matcher(text);
        try {
            Duration parsed =
                    parts.matches() ? of(Long.parseLong(parts.group(1)), parts.group(2)) : Duration.parse(text);
            if (!parsed.isNegative() && !parsed.isZero() && parsed.toMillis() >= 0) {
                return parsed;
            }
        } catch (DateTimeParseException | ArithmeticException notADuration) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' must be a duration above 0, such as 30s, 5m or PT1M30S");
    }
}
