package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.verifier.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** FHIR's dates and times. What is less precise than a time of day is all of its day, month or year. */
record FhirTimes(ZoneId zone) {

    private static final Pattern FINER = Pattern.compile("(\\.[0-9]{9})[0-9]+");

    /** The moment, of a date its last one; null when the text is no dateTime. */
    @Nullable
    Instant moment(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.contains("T")) {
                // What is finer than a nanosecond is cut off.
                String fine = FINER.matcher(text).replaceFirst("$1");
                return fine.startsWith(":60", 16)
                        ? OffsetDateTime.parse(fine.substring(0, 17) + "59" + fine.substring(19))
                                .toInstant()
                                .plusSeconds(1)
                        : OffsetDateTime.parse(fine).toInstant();
            }
            LocalDate last =
                    switch (text.length()) {
                        case 4 -> Year.parse(text).atMonth(12).atEndOfMonth();
                        case 7 -> YearMonth.parse(text).atEndOfMonth();
                        default -> LocalDate.parse(text);
                    };
            return last.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1);
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The first day of a date, or null when the text is none. */
    static @Nullable LocalDate firstDay(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return switch (text.length()) {
                case 4 -> Year.parse(text).atDay(1);
                case 7 -> YearMonth.parse(text).atDay(1);
                default -> LocalDate.parse(text);
            };
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The time, or null when the text is no dateTime. */
    @Nullable
    When when(@Nullable String text) {
        Instant to = moment(text);
        if (text == null || to == null) {
            return null;
        }
        LocalDate day = text.contains("T") ? null : firstDay(text);
        return new When(day == null ? to : day.atStartOfDay(zone).toInstant(), to);
    }

    /** All of a Period, its start while it has no end; of a Timing the latest event. */
    @Nullable
    When effective(JsonValue.Members observation) {
        if (observation.get("effectivePeriod") instanceof JsonValue.Members period) {
            return period(when(period.text("start")), when(period.text("end")));
        }
        if (observation.get("effectiveTiming") instanceof JsonValue.Members timing) {
            return latest(timing);
        }
        String text = observation.text("effectiveDateTime");
        return when(text == null ? observation.text("effectiveInstant") : text);
    }

    private static @Nullable When period(@Nullable When start, @Nullable When end) {
        if (start == null || end == null) {
            return end == null ? start : end;
        }
        return start.from().isAfter(end.to()) ? end : new When(start.from(), end.to());
    }

    private @Nullable When latest(JsonValue.Members timing) {
        When latest = null;
        if (timing.get("event") instanceof JsonValue.Items events) {
            for (JsonValue event : events.values()) {
                When when = event instanceof JsonValue.Text text ? when(text.value()) : null;
                if (when != null && (latest == null || when.to().isAfter(latest.to()))) {
                    latest = when;
                }
            }
        }
        return latest;
    }
}
