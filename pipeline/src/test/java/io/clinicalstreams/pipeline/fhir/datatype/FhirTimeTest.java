package io.clinicalstreams.pipeline.fhir.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's regular expression is the oracle for the format, java.time for the instant. */
class FhirTimeTest {

    /** FHIR R4, datatypes, dateTime. */
    private static final Pattern DATE_TIME = Pattern.compile(
            "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T([01][0-9]|2[0-3]):[0-5][0-9]"
                    + ":([0-5][0-9]|60)(\\.[0-9]+)?(Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?");

    private final FhirTime time = new FhirTime(ZoneOffset.UTC);

    private boolean reads(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return time.read(bytes, Span.of(0, bytes.length, false));
    }

    @Test
    void everyMomentIsTheOneThatJavaTimeReads() {
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            OffsetDateTime moment = LocalDate.of(1 + random.nextInt(9999), 1, 1)
                    .plusDays(random.nextInt(365))
                    .atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000_000))
                    .atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(28 * 60 + 1) - 14 * 60)));
            String text = moment.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX"));
            assertThat(reads(text)).as(text).isTrue();
            assertThat(time.instant()).as(text).isEqualTo(moment.toInstant());
        }
    }

    @Test
    void mutatedTextsAreTimesIfTheSpecificationAgrees() {
        Random random = new Random(5);
        String[] seeds = {
            "2011-10-14T23:37:54.530+00:00",
            "2011-10-14T23:37:54Z",
            "2011-10-14",
            "2011-10",
            "2011",
            "2000-01-31T00:00:60-14:00"
        };
        String characters = "0123456789-:.TZ+ zt";
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                char c = characters.charAt(random.nextInt(characters.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            boolean expected = DATE_TIME.matcher(text).matches() && isRealDay(text);
            assertThat(reads(text.toString())).as(text.toString()).isEqualTo(expected);
            valid += expected ? 1 : 0;
        }
        assertThat(valid).isGreaterThan(10_000);
    }

    private static boolean isRealDay(CharSequence text) {
        if (text.length() < 10) {
            return true;
        }
        int year = Integer.parseInt(text, 0, 4, 10);
        int month = Integer.parseInt(text, 5, 7, 10);
        return Integer.parseInt(text, 8, 10, 10) <= LocalDate.of(year, month, 1).lengthOfMonth();
    }

    @Test
    void everyFebruaryHasTheDaysThatJavaTimeGivesIt() {
        for (int year = 1; year <= 9999; year++) {
            String text = String.format(Locale.ROOT, "%04d-02-29", year);
            assertThat(reads(text)).as(text).isEqualTo(Year.isLeap(year));
        }
    }

    @Test
    void anEscapedTimeIsTheSameTime() {
        byte[] json = "2024\\u002d02-29T10:00:00Z".getBytes(StandardCharsets.UTF_8);
        byte[] none = "2024\\u002d02-30".getBytes(StandardCharsets.UTF_8);

        assertThat(time.read(json, Span.of(0, json.length, true))).isTrue();
        assertThat(time.instant()).isEqualTo(Instant.parse("2024-02-29T10:00:00Z"));
        assertThat(time.read(none, Span.of(0, none.length, true))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2024, 2024-01-01T00:00:00Z, 2024-12-31T23:59:59.999999999Z",
        "2024-02, 2024-02-01T00:00:00Z, 2024-02-29T23:59:59.999999999Z",
        "2023-12-31, 2023-12-31T00:00:00Z, 2023-12-31T23:59:59.999999999Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z, 2017-01-01T00:00:00Z",
        "2024-01-01T00:00:00.1234567899Z, 2024-01-01T00:00:00.123456789Z, 2024-01-01T00:00:00.123456789Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z",
    })
    void lessThanAMomentIsAllOfItsPeriod(String text, Instant first, Instant last) {
        assertThat(reads(text)).isTrue();
        assertThat(time.written()).isEqualTo(new WrittenTime(first, last, text.length() >= 10));
        assertThat(time.instant()).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01T00:00:01Z, 2024-01-01T00:00:00.9Z, true",
        "2024-01-01T00:00:00.2Z, 2024-01-01T01:00:00.1+01:00, true",
        "2024-01-01T00:00:00.1Z, 2024-01-01T00:00:00.10Z, false",
        "2024-01-01T00:00:00Z, 2024-01-01T00:00:01Z, false",
        "2024-01-02, 2024-01-01T00:00:00Z, true",
        "2024-01-02T00:00:00Z, 2024-01-01, false",
        "2024-01-02T11:59:59Z, 2024-01-01, false",
        "2024-01-02T12:00:00Z, 2024-01-01, true",
        "2024-01-02T00:00:00-12:00, 2024-01-01, true",
        "2024-02-01T12:00:00Z, 2024-01, true",
        "2025-01-01T11:59:59Z, 2024, false",
        "2024-01-02, 2024-01-01T10:00:00Z, false",
        "2024-01-02, 2024-01-01T09:59:59Z, true",
        "2024-01, 2023-12-31T23:59:59+14:00, true",
        "2024-01, 2024-06-01T00:00:00Z, false",
    })
    void isAfterAnotherIfItIsInEveryTimeZone(String text, String other, boolean after) {
        FhirTime before = new FhirTime(ZoneOffset.UTC);
        byte[] bytes = other.getBytes(StandardCharsets.UTF_8);

        assertThat(before.read(bytes, Span.of(0, bytes.length, false))).isTrue();
        assertThat(reads(text)).isTrue();
        assertThat(time.isAfter(before)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2011", "2011-10", "2011-10-14", "2011-10-14T23:37Z", "x"})
    void anInstantIsToTheSecond(String text) {
        assertThat(readsInstant("2011-10-14T23:37:00Z")).isTrue();
        assertThat(readsInstant(text)).isFalse();
    }

    private boolean readsInstant(String text) {
        byte[] json = ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor();
        cursor.open(json, 0, json.length);
        return time.readInstant(cursor);
    }
}
