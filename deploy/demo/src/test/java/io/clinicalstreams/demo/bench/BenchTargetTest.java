package io.clinicalstreams.demo.bench;

import static io.clinicalstreams.demo.bench.BenchTarget.Bound.AT_LEAST;
import static io.clinicalstreams.demo.bench.BenchTarget.Bound.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.demo.bench.Figures.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTargetTest {

    @Test
    void isReachedAtItsLimit() {
        assertThat(new BenchTarget("lane / bare", 0.6, AT_LEAST, 0.6).isReached())
                .isTrue();
        assertThat(new BenchTarget("lane / bare", 0.59, AT_LEAST, 0.6).isReached())
                .isFalse();
        assertThat(new BenchTarget("alert / echo", 5, AT_MOST, 5).isReached()).isTrue();
        assertThat(new BenchTarget("alert / echo", 5.01, AT_MOST, 5).isReached())
                .isFalse();
    }

    @Test
    void isNotReachedIfNothingWasMeasured() {
        BenchTarget target = new BenchTarget("alert / echo", Double.NaN, AT_MOST, 5);

        assertThat(target.isReached()).isFalse();
        assertThat(target.json()).containsEntry("reached", false).doesNotContainKey("ratio");
    }

    @Test
    void takesTheMedianOfOddAndEvenNumbersOfRounds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
    }
}
