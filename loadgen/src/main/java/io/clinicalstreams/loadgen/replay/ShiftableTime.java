package io.clinicalstreams.loadgen.replay;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR date, dateTime or instant that shifts in time and keeps its precision, fraction and offset as written, because
 * 10:00:00.0 and 10:00:00 are the same time but not the same bytes.
 *
 * @param local the local time; first day or midnight for lower precision
 * @param precision as written
 * @param rest the text after the seconds: fraction and offset
 * @param offset null without a time of day
 */
record ShiftableTime(
        LocalDateTime local,
        Precision precision,
        String rest,
        @Nullable ZoneOffset offset) {

    enum Precision {
        YEAR,
        MONTH,
        DAY,
        SECOND
    }

    private static final Pattern WRITTEN = Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)"
            + "(?:T(\\d\\d):(\\d\\d):(\\d\\d)((?:\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)))?)?)?");
    private static final int SHORTEST = 4;
    private static final int LONGEST = 64;
    private static final int LAST_YEAR = 9_999;

    /** The time, or null when the text is not one. */
    static @Nullable ShiftableTime parse(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST || !isDigit(text.charAt(0))) {
            return null;
        }
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.of(number(parts, 1, 1), number(parts, 2, 1), number(parts, 3, 1));
            if (parts.group(4) == null) {
                Precision precision = parts.group(3) != null
                        ? Precision.DAY
                        : parts.group(2) != null ? Precision.MONTH : Precision.YEAR;
                return new ShiftableTime(day.atStartOfDay(), precision, "", null);
            }
            // A leap second counts as the second before it.
            int second = Math.min(59, number(parts, 6, 0));
            LocalDateTime local = day.atTime(number(parts, 4, 0), number(parts, 5, 0), second);
            return new ShiftableTime(local, Precision.SECOND, parts.group(7), ZoneOffset.of(parts.group(8)));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    /**
     * The second by which the time is certainly past, rounded down: the end of the day for a date. A month or a year
     * counts from its start; otherwise one entry with only a year would hold back a whole history.
     */
    long latestSecond() {
        if (offset != null) {
            return local.toEpochSecond(offset);
        }
        return (precision == Precision.DAY ? local.plusDays(1) : local).toEpochSecond(ZoneOffset.UTC);
    }

    /**
     * The text shifted by so many seconds. A time without a time of day shifts by whole days, rounded down, so it keeps
     * its place in the history and never ends up in the future. Null when the year would not have four digits.
     */
    @Nullable
    String later(long seconds) {
        LocalDateTime moved = precision == Precision.SECOND
                ? local.plusSeconds(seconds)
                : local.plusDays(Math.floorDiv(seconds, 86_400L));
        if (moved.getYear() < 0 || moved.getYear() > LAST_YEAR) {
            return null;
        }
        String day = moved.toLocalDate().toString();
        return switch (precision) {
            case YEAR -> day.substring(0, 4);
            case MONTH -> day.substring(0, 7);
            case DAY -> day;
            case SECOND ->
                day + 'T' + two(moved.getHour()) + ':' + two(moved.getMinute()) + ':' + two(moved.getSecond()) + rest;
        };
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int number(Matcher parts, int group, int absent) {
        String text = parts.group(group);
        return text == null ? absent : Integer.parseInt(text);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
