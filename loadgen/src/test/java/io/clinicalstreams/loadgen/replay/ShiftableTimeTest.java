package io.clinicalstreams.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftableTimeTest {

    private static final long DAY = 86_400;

    @ParameterizedTest
    @CsvSource({
        "2019-12-31T23:59:59Z, 2020-01-01T00:00:00Z",
        "2019-12-31T23:59:59.000Z, 2020-01-01T00:00:00.000Z",
        "2019-12-31T23:59:59.123456-05:00, 2020-01-01T00:00:00.123456-05:00",
        "2019-12-31T23:59:60Z, 2020-01-01T00:00:00Z",
        "2019-12-31, 2019-12-31",
        "2019-12, 2019-12",
        "2019, 2019"
    })
    void movesOneSecondAndStaysWrittenAsItWas(String written, String moved) {
        assertThat(time(written).later(1)).isEqualTo(moved);
    }

    @ParameterizedTest
    @CsvSource({"2019-02-28, 2, 2019-03-02", "2019-12, 40, 2020-01", "2019, 400, 2020", "2020-03-01, -1, 2020-02-29"})
    void shiftsDatesByWholeDays(String written, int days, String moved) {
        assertThat(time(written).later(days * DAY)).isEqualTo(moved);
        assertThat(time(written).later(days * DAY + DAY - 1)).isEqualTo(moved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12",
                "2019-13",
                "2019-02-30",
                "2019-01-01T10:00",
                "2019-01-01T10:00:00",
                "2019-01-01T25:00:00Z",
                "2019-01-01 10:00:00Z",
                "19-01-01",
                "2019-01-01T10:00:00+99:00",
                "about 2019",
                "12:30:00"
            })
    void isNoTime(String text) {
        assertThat(ShiftableTime.parse(text)).isNull();
    }

    @Test
    void isPastWhenItsDayIsOver() {
        assertThat(time("2020-01-01T12:00:00.9+02:00").latestSecond())
                .isEqualTo(Instant.parse("2020-01-01T10:00:00Z").getEpochSecond());
        assertThat(time("2020-01-01").latestSecond())
                .isEqualTo(Instant.parse("2020-01-02T00:00:00Z").getEpochSecond());
        assertThat(time("2020").latestSecond())
                .isEqualTo(Instant.parse("2020-01-01T00:00:00Z").getEpochSecond());
    }

    @Test
    void keepsYearsToFourDigits() {
        assertThat(time("9999-12-31").later(DAY)).isNull();
        assertThat(time("0001-01-01").later(-800 * DAY)).isNull();
        assertThat(time("0000-01-01").later(-DAY)).isNull();
    }

    private static ShiftableTime time(String text) {
        return Objects.requireNonNull(ShiftableTime.parse(text));
    }
}
