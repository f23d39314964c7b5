package io.clinicalstreams.loadgen.verify.classify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** FHIR's dates and times as moments; what is less precise than a time of day is the last moment of its time span. */
record FhirTimes(ZoneId zone) {

    private static final Pattern FINER = Pattern.compile("(\\.[0-9]{9})[0-9]+");

    /** The moment, or null when the text is no dateTime. */
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

    /** The end of a Period, its start while it lasts; the last event of a Timing. */
    @Nullable
    Instant effective(Json.Members observation) {
        if (observation.get("effectivePeriod") instanceof Json.Members period) {
            return moment(period.has("end") ? period.text("end") : period.text("start"));
        }
        if (observation.get("effectiveTiming") instanceof Json.Members timing) {
            Instant last = null;
            if (timing.get("event") instanceof Json.Items events) {
                for (Json event : events.values()) {
                    last = event instanceof Json.Text text ? moment(text.value()) : null;
                }
            }
            return last;
        }
        String text = observation.text("effectiveDateTime");
        return moment(text == null ? observation.text("effectiveInstant") : text);
    }
}
