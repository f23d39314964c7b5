package io.clinicalstreams.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateCurveTest {

    @Test
    void hasTheSameTimeBetweenRecordsAtASteadyRate() {
        RateCurve steady = RateCurve.steady(200);

        assertThat(LongStream.range(0, 5).map(steady::dueNanos))
                .containsExactly(0L, 5_000_000L, 10_000_000L, 15_000_000L, 20_000_000L);
    }

    /** 0 to 100 a second in 10 s: after t seconds 5 t^2 records. */
    @Test
    void rampsEvenly() {
        RateCurve ramp = RateCurve.of(List.of(phase(0, 100.0, 10), phase(100, null, null)));

        for (long i = 0; i < 500; i += 7) {
            assertThat(seconds(ramp, i)).isCloseTo(Math.sqrt(i / 5.0), within(1e-8));
        }
        assertThat(seconds(ramp, 500)).isCloseTo(10, within(1e-8));
        assertThat(seconds(ramp, 600)).isCloseTo(11, within(1e-8));
    }

    @Test
    void burstsAndBeginsAgainAfterTheLastPhase() {
        RateCurve burst = RateCurve.of(List.of(phase(10, null, 9), phase(100, null, 1)));

        for (int cycle = 0; cycle < 3; cycle++) {
            long first = 190L * cycle;
            assertThat(seconds(burst, first)).isCloseTo(10.0 * cycle, within(1e-8));
            assertThat(seconds(burst, first + 89)).isCloseTo(10.0 * cycle + 8.9, within(1e-8));
            assertThat(seconds(burst, first + 90)).isCloseTo(10.0 * cycle + 9, within(1e-8));
            assertThat(seconds(burst, first + 189)).isCloseTo(10.0 * cycle + 9.99, within(1e-8));
        }
    }

    @Test
    void sendsNothingInAPause() {
        RateCurve pause = RateCurve.of(List.of(phase(10, null, 2), phase(0, null, 5), phase(10, null, null)));

        assertThat(seconds(pause, 19)).isCloseTo(1.9, within(1e-8));
        assertThat(seconds(pause, 20)).isCloseTo(7, within(1e-8));
        assertThat(pause.dueBefore(6_000_000_000L)).isEqualTo(20);
    }

    @Test
    void warmsUpAtItsFirstRateAndBeginsAfterwards() {
        RateCurve ramp = RateCurve.of(List.of(phase(10, 30.0, 10), phase(30, null, null)));
        RateCurve warm = ramp.after(Duration.ofSeconds(4));

        assertThat(seconds(warm, 39)).isCloseTo(3.9, within(1e-8));
        for (long i = 0; i < 400; i += 9) {
            assertThat(seconds(warm, 40 + i)).isCloseTo(4 + seconds(ramp, i), within(1e-8));
        }
    }

    static Stream<RateCurve> curves() {
        return Stream.of(
                RateCurve.steady(3),
                RateCurve.steady(0.7),
                RateCurve.of(List.of(phase(1, 9.0, 3), phase(9, 0.0, 2), phase(0, null, 1))),
                RateCurve.of(List.of(phase(0, 5.0, 2), phase(3, null, null))).after(Duration.ofSeconds(2)),
                RateCurve.of(List.of(phase(0, 0.4, 7))),
                RateCurve.of(List.of(phase(0, 0.2, 11))),
                Scenario.of("day-curve").load());
    }

    @ParameterizedTest
    @MethodSource("curves")
    void countsAsDueWhatIsDueAndNeverGoesBack(RateCurve curve) {
        for (long i = 0; i < 2_000; i++) {
            long due = curve.dueNanos(i);
            assertThat(curve.dueNanos(i + 1)).isGreaterThanOrEqualTo(due);
            assertThat(curve.dueBefore(due)).isLessThanOrEqualTo(i);
            assertThat(curve.dueBefore(due + 1)).isGreaterThan(i);
        }
    }

    @Test
    void refusesARateThatIsNeverReached() {
        assertThatThrownBy(() -> RateCurve.of(List.of(phase(1, null, null), phase(2, null, 1))))
                .hasMessageStartingWith("load.0.for: is missing");
        assertThatThrownBy(() -> RateCurve.of(List.of(phase(0, null, 5))))
                .hasMessageStartingWith("load: has no record");
        assertThatThrownBy(() -> phase(1, 2.0, null)).hasMessageStartingWith("to: requires for");
        assertThatThrownBy(() -> phase(0, null, null)).hasMessageStartingWith("rate: a pause requires for");
        assertThatThrownBy(() -> phase(1e13, null, null)).hasMessageStartingWith("rate: must be from 0 to");
    }

    private static Phase phase(double rate, @Nullable Double to, @Nullable Integer seconds) {
        return new Phase(rate, to, seconds == null ? null : Duration.ofSeconds(seconds));
    }

    private static double seconds(RateCurve curve, long record) {
        return curve.dueNanos(record) / 1e9;
    }
}
