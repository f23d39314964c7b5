package io.clinicalstreams.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagTest {

    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 1);

    @Test
    void isTheDistanceFromTheEndOfEachPartition() {
        assertThat(Lag.behind(Map.of(FIRST, 10L, SECOND, 1_005L), Map.of(FIRST, 8L, SECOND, 1_000L)))
                .isEqualTo(7);
    }

    /** The end is asked for first, so a commit may already be beyond it. */
    @Test
    void isNeverLessThanNothing() {
        assertThat(Lag.behind(Map.of(FIRST, 10L, SECOND, 5L), Map.of(FIRST, 12L, SECOND, 4L)))
                .isEqualTo(1);
    }
}
