package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunningLaneTest {

    private static final Set<State> DEAD = EnumSet.of(State.PENDING_ERROR, State.ERROR);

    @ParameterizedTest
    @EnumSource(State.class)
    void isAliveDuringAGracefulStopSoThatItIsNotKilled(State state) {
        assertThat(RunningLane.isAlive(state, true)).isEqualTo(!DEAD.contains(state));
    }

    @Test
    void isNotAliveWhenItEndedUnasked() {
        assertThat(RunningLane.isAlive(State.NOT_RUNNING, false)).isFalse();
        assertThat(RunningLane.isAlive(State.RUNNING, false)).isTrue();
    }
}
