package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.verifier.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** FHIR's dates and times. A date covers its whole day, month or year. */
record FhirTimes(ZoneId zone) {

    private static final Pattern FINER = Pattern.compile("(\\.[0-9]{9})[0-9]+");

    /** The time, or null when the text is not a dateTime. */
    @Nullable
    When when(@Nullable String text) {
        if (text != null && text.contains("T")) {
            Instant moment = exact(text);
            return moment == null ? null : new When(moment, moment, true);
        }
        LocalDate first = firstDay(text);
        if (text == null || first == null) {
            return null;
        }
        LocalDate next =
                switch (text.length()) {
                    case 4 -> first.plusYears(1);
                    case 7 -> first.plusMonths(1);
                    default -> first.plusDays(1);
                };
        Instant end = next.atStartOfDay(zone).toInstant();
        return new When(first.atStartOfDay(zone).toInstant(), end.minusNanos(1), text.length() > 7);
    }

    /** Null when the text is not an exact time. */
    @Nullable
    Instant instant(@Nullable String text) {
        return text != null && text.contains("T") ? exact(text) : null;
    }

    private static @Nullable Instant exact(String text) {
        try {
            // Digits beyond nanoseconds are dropped.
            String fine = FINER.matcher(text).replaceFirst("$1");
            boolean leapSecond = fine.startsWith(":60", 16);
            String known = leapSecond ? fine.substring(0, 17) + "59" + fine.substring(19) : fine;
            return OffsetDateTime.parse(known).toInstant().plusSeconds(leapSecond ? 1 : 0);
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The instant, for a date its last one; null when the text is not a dateTime. */
    @Nullable
    Instant moment(@Nullable String text) {
        When when = when(text);
        return when == null ? null : when.to();
    }

    /** The first day of a date, or null when the text is not a date. */
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

    /** The first day of the date, as precise as it can be, that a text begins with; null if there is none. */
    static @Nullable LocalDate leadingDay(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (int length : new int[] {10, 7, 4}) {
            boolean isWhole = text.length() >= length
                    && (text.length() == length || "0123456789".indexOf(text.charAt(length)) < 0);
            LocalDate day = isWhole ? firstDay(text.substring(0, length)) : null;
            if (day != null && day.getYear() > 0) {
                return day;
            }
        }
        return null;
    }

    /** A whole Period, or its start if it has no end; for a Timing the latest event. Also of a DiagnosticReport. */
    @Nullable
    When effective(JsonValue.Members observation) {
        JsonValue.Members period = observation.object("effectivePeriod");
        if (period != null) {
            return period(when(period.text("start")), when(period.text("end")));
        }
        JsonValue.Members timing = observation.object("effectiveTiming");
        if (timing != null) {
            return timing.items("event").stream()
                    .map(event -> event instanceof JsonValue.Text text ? when(text.value()) : null)
                    .filter(Objects::nonNull)
                    .max(Comparator.comparing(When::to))
                    .orElse(null);
        }
        String text = observation.text("effectiveDateTime");
        return when(text == null ? observation.text("effectiveInstant") : text);
    }

    static @Nullable When period(@Nullable When start, @Nullable When end) {
        if (start == null || end == null) {
            return end == null ? start : end;
        }
        return start.from().isAfter(end.to()) ? end : new When(start.from(), end.to(), end.toTheDay());
    }
}
