package io.clinicalstreams.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RulerDriftTest {

    @Test
    void isHowFarTheMachineMoves() {
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 10.0, 10.0, 12.0, 12.0, 12.0))
                        .percent())
                .isCloseTo(20, within(0.01));
        assertThat(RulerDrift.of(List.of(8.0, 8.0, 10.0, 10.0, 10.0)).percent()).isCloseTo(25, within(0.01));
    }

    @Test
    void doesNotMindOneRulerThatIsOff() {
        assertThat(RulerDrift.of(List.of(10.0, 10.1, 13.0, 10.0, 10.0, 10.2)).percent())
                .isLessThan(2);
        assertThat(RulerDrift.of(List.of(10.0, 10.1, 7.0, 10.0, 10.0, 10.2)).percent())
                .isLessThan(2);
    }

    @Test
    void ofMoreThanFivePercentAllowsNoVerdict() {
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 10.0, 10.4, 10.4)).isTooNoisy())
                .isFalse();
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 10.0, 10.6, 10.6)).isTooNoisy())
                .isTrue();
        assertThat(RulerDrift.of(List.of(10.0, 10.0, 10.0, 9.4, 9.4)).isTooNoisy())
                .isTrue();
    }

    /** A ruler without the figure, such as a CPU time that the system does not count. */
    @Test
    void withoutAFigureAllowsNoVerdict() {
        assertThat(RulerDrift.of(List.of(10.0, Double.NaN, 10.0)).isTooNoisy()).isTrue();
        assertThat(RulerDrift.of(List.of(10.0, 0.0, 10.0)).isTooNoisy()).isTrue();
    }
}
