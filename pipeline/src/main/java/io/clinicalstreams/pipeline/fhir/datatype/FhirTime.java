package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * FHIR's date, dateTime and instant, in the format of R4's regular expressions. Parsed by hand, because
 * {@code java.time} takes longer than the rest of an Observation together. A value without a time of day is a whole
 * day, month or year: {@link WrittenTime} explains what that means. The leap second {@code :60} is the first second of
 * the next minute.
 */
public final class FhirTime {

    private enum Precision {
        YEAR,
        MONTH,
        DAY,
        MOMENT
    }

    private static final long SECONDS_A_DAY = 86_400;

    /** Of a day, a month and a year. */
    private static final int[] DATE_LENGTHS = {10, 7, 4};

    /** Where a day begins first, and where it ends last. */
    private static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(14);

    private static final ZoneOffset WESTERNMOST = ZoneOffset.ofHours(-12);

    private final ZoneId zone;
    private byte[] bytes = {};
    private int at;
    private int end;
    private int year;
    private int month;
    private int day;
    private long epochSecond;
    private int nanos;
    private Precision precision = Precision.MOMENT;

    /** @param zone in which a date's day begins and ends */
    public FhirTime(ZoneId zone) {
        this.zone = zone;
    }

    /** Reads a dateTime and returns true. Anything else is recorded as a problem and skipped. */
    public boolean read(JsonCursor cursor) {
        long span = cursor.string();
        return span != Span.NONE && noted(cursor, read(cursor.bytes(), span));
    }

    /**
     * Reads an instant, a dateTime with seconds, and returns true. Anything else is recorded as a problem and skipped.
     */
    public boolean readInstant(JsonCursor cursor) {
        long span = cursor.string();
        return span != Span.NONE && noted(cursor, isInstant(cursor.bytes(), span));
    }

    /** Reads an instant; false if the text is not one. */
    boolean isInstant(byte[] bytes, long span) {
        return read(bytes, span) && precision == Precision.MOMENT;
    }

    private static boolean noted(JsonCursor cursor, boolean valid) {
        if (!valid) {
            cursor.problems().element(Reason.INVALID_VALUE);
        }
        return valid;
    }

    /** Reads a dateTime; false if the text is not one. */
    public boolean read(byte[] bytes, long span) {
        if (Span.isEscaped(span)) {
            byte[] text = Text.utf8(bytes, span);
            return read(text, 0, text.length);
        }
        return read(bytes, Span.start(span), Span.end(span));
    }

    private boolean read(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
        month = 1;
        day = 1;
        year = number(4);
        if (year <= 0) {
            return false;
        }
        precision = Precision.YEAR;
        if (at == end) {
            return true;
        }
        month = accept('-') ? number(2) : -1;
        if (month < 1 || month > 12) {
            return false;
        }
        precision = Precision.MONTH;
        if (at == end) {
            return true;
        }
        day = accept('-') ? number(2) : -1;
        if (day < 1 || day > lengthOfMonth()) {
            return false;
        }
        precision = Precision.DAY;
        return at == end || (accept('T') && readTimeOfDay() && at == end);
    }

    private boolean readTimeOfDay() {
        int hour = number(2);
        int minute = accept(':') ? number(2) : -1;
        int second = accept(':') ? number(2) : -1;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return false;
        }
        nanos = 0;
        if (accept('.') && !readFraction()) {
            return false;
        }
        int offset = readOffset();
        if (offset == Integer.MIN_VALUE) {
            return false;
        }
        precision = Precision.MOMENT;
        epochSecond = epochDay() * SECONDS_A_DAY + hour * 3600L + minute * 60L + second - offset;
        return true;
    }

    /** Digits beyond nanoseconds are truncated. */
    private boolean readFraction() {
        int unit = 100_000_000;
        int start = at;
        while (at < end && isDigit(bytes[at])) {
            nanos += (bytes[at++] - '0') * unit;
            unit /= 10;
        }
        return at > start;
    }

    /** Seconds east of UTC; {@link Integer#MIN_VALUE} if there is no offset or it exceeds 14 hours. */
    private int readOffset() {
        if (accept('Z')) {
            return 0;
        }
        boolean east = accept('+');
        if (!east && !accept('-')) {
            return Integer.MIN_VALUE;
        }
        int hours = number(2);
        int minutes = accept(':') ? number(2) : -1;
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 14 * 60) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return east ? seconds : -seconds;
    }

    /** The value last read, at the precision written. */
    public WrittenTime written() {
        return isMoment()
                ? WrittenTime.at(instant())
                : new WrittenTime(first(zone), instant(), precision == Precision.DAY);
    }

    /** True if the value last read says on which day. */
    public boolean isToTheDay() {
        return precision.compareTo(Precision.DAY) >= 0;
    }

    /** True if the value last read has a time of day. */
    public boolean isMoment() {
        return precision == Precision.MOMENT;
    }

    /** True if this value is later, as far as both are given; of an instant and a date, later in every time zone. */
    boolean isAfter(FhirTime other) {
        if (isMoment() || other.isMoment()) {
            return first(EASTERNMOST).isAfter(other.last(WESTERNMOST));
        }
        Precision common = precision.compareTo(other.precision) < 0 ? precision : other.precision;
        if (year != other.year || common == Precision.YEAR) {
            return year > other.year;
        }
        return (month != other.month || common == Precision.MONTH) ? month > other.month : day > other.day;
    }

    /** The end of the value last read. */
    public Instant instant() {
        return last(zone);
    }

    private Instant first(ZoneId zone) {
        return isMoment()
                ? Instant.ofEpochSecond(epochSecond, nanos)
                : firstDay().atStartOfDay(zone).toInstant();
    }

    private Instant last(ZoneId zone) {
        if (isMoment()) {
            return Instant.ofEpochSecond(epochSecond, nanos);
        }
        LocalDate first = firstDay();
        LocalDate next =
                switch (precision) {
                    case YEAR -> first.plusYears(1);
                    case MONTH -> first.plusMonths(1);
                    case DAY, MOMENT -> first.plusDays(1);
                };
        return next.atStartOfDay(zone).toInstant().minusNanos(1);
    }

    /** Reads a date; the first day if only the year or month is known, null if the text is not a date. */
    @Nullable
    public LocalDate date(byte[] bytes, long span) {
        return read(bytes, span) && precision != Precision.MOMENT ? firstDay() : null;
    }

    /**
     * Reads the date that a text begins with, as precisely as it is one: the day of {@code 2021-03-04T00:00:00}, the month
     * of {@code 2021-03-99}. Null if it does not begin with a year.
     */
    public @Nullable LocalDate leadingDate(byte[] bytes, long span) {
        byte[] text = Text.utf8(bytes, span);
        for (int length : DATE_LENGTHS) {
            boolean isWhole = text.length == length || (text.length > length && !isDigit(text[length]));
            if (isWhole && read(text, 0, length)) {
                return firstDay();
            }
        }
        return null;
    }

    private LocalDate firstDay() {
        return LocalDate.of(year, month, day);
    }

    private int lengthOfMonth() {
        if (month == 2) {
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return leap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /**
     * Days since 1970-01-01 in the Gregorian calendar, with years starting in March, so that the leap day comes last.
     */
    private long epochDay() {
        long y = month > 2 ? year : year - 1L;
        long era = y / 400;
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    /** This many digits as a number, or -1. */
    private int number(int digits) {
        if (at + digits > end) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits; i++) {
            if (!isDigit(bytes[at])) {
                return -1;
            }
            number = number * 10 + bytes[at++] - '0';
        }
        return number;
    }

    private boolean accept(char wanted) {
        if (at < end && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
