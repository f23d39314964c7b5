package io.clinicalstreams.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.TrialLoad;
import io.clinicalstreams.loadgen.measure.CpuTimes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which commits of a lane that catches up are measured. */
final class CatchUpWindowTest {

    private static final TrialLoad LOAD =
            new TrialLoad("valid", null, 0, 0, 100_000, Duration.ofSeconds(2), Duration.ofSeconds(6));

    @Test
    void measuresFromTheWarmUpUntilTheTimeIsUp() {
        CatchUpWindow window = new CatchUpWindow(LOAD, at(0));
        for (int second = 1; second <= 9; second++) {
            assertThat(window.isOver()).isFalse();
            window.add(at(second), second * 1_000L, false);
        }

        assertThat(window.isOver()).isTrue();
        assertThat(window.figures().get(Metric.RECORDS_PER_SECOND)).isCloseTo(1_000, within(1e-6));
    }

    /** The tail is slower, because some threads are idle. */
    @Test
    void endsBeforeAPartitionHasNoMoreInput() {
        CatchUpWindow window = new CatchUpWindow(LOAD, at(0));
        for (int second = 1; second <= 7; second++) {
            window.add(at(second), second * 1_000L, false);
        }

        window.add(at(8), 7_001, true);

        assertThat(window.isOver()).isTrue();
        assertThat(window.figures().get(Metric.RECORDS_PER_SECOND)).isCloseTo(1_000, within(1e-6));
    }

    @Test
    void failsIfTheInputIsTooShort() {
        CatchUpWindow window = new CatchUpWindow(LOAD, at(0));
        for (int second = 1; second <= 5; second++) {
            window.add(at(second), second * 1_000L, false);
        }

        window.add(at(6), 100_000, true);

        assertThat(window.isOver()).isTrue();
        assertThatThrownBy(window::figures).hasMessageContaining("load.records must be more");
    }

    /** A few records have no other commit than the last. */
    @Test
    void takesTheTailOfAMoment() {
        CatchUpWindow window = new CatchUpWindow(
                new TrialLoad("valid", null, 0, 0, 300, Duration.ofMillis(20), Duration.ofMillis(80)), at(0));

        window.add(at(1), 300, true);

        assertThat(window.isOver()).isTrue();
        assertThat(window.figures()).containsKey(Metric.RECORDS_PER_SECOND);
    }

    @Test
    void isAtAnEndOnceAPartitionWithInputHasNoneLeft() {
        TopicPartition empty = new TopicPartition("input", 0);
        TopicPartition full = new TopicPartition("input", 1);
        Map<TopicPartition, Long> ends = Map.of(empty, 0L, full, 10L);

        assertThat(InputCommits.areAtAnEnd(Map.of(empty, 0L, full, 9L), ends)).isFalse();
        assertThat(InputCommits.areAtAnEnd(Map.of(full, 10L), ends)).isTrue();
    }

    private static TrialTimes at(int second) {
        CpuTimes times = new CpuTimes(Duration.ofSeconds(second).toNanos(), Duration.ofMillis(second * 10L));
        return new TrialTimes(times, times);
    }
}
