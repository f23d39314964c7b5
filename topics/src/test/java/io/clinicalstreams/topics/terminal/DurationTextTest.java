package io.clinicalstreams.topics.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "PT1M30S, PT1M30S"})
    void readsDurationsAsPeopleTypeThem(String typed, Duration meant) {
        assertThat(DurationText.parse(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-5s", "0s", "PT0S", "-PT1S", "PT2562047788015215H", "soon", ""})
    void refusesInvalidDurations(String typed) {
        assertThatThrownBy(() -> DurationText.parse(typed))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("must be a duration above 0");
    }
}
