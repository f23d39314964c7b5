package io.clinicalstreams.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RulerDriftTest {

    @Test
    void isTheFarthestDistanceFromTheMedian() {
        assertThat(RulerDrift.of(List.of(10.0, 10.1, 9.9, 10.4, 10.0)).percent())
                .isCloseTo(4, within(0.01));
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 8.0, 10.0)).percent()).isCloseTo(25, within(0.01));
    }

    @Test
    void ofMoreThanFivePercentAllowsNoVerdict() {
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 10.4)).isTooNoisy()).isFalse();
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 10.6)).isTooNoisy()).isTrue();
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 9.4)).isTooNoisy()).isTrue();
    }

    /** A ruler without the figure, such as a CPU time that the system does not count. */
    @Test
    void withoutAFigureAllowsNoVerdict() {
        assertThat(RulerDrift.of(List.of(10.0, Double.NaN, 10.0)).isTooNoisy()).isTrue();
        assertThat(RulerDrift.of(List.of(10.0, 0.0, 10.0)).isTooNoisy()).isTrue();
    }
}
