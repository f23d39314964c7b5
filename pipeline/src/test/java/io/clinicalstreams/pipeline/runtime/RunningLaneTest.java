package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
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

    private static RunningLane.Health health(
            State state, boolean hasRun, boolean isRestoring, boolean hangs, List<String> problems, boolean hasRules) {
        return new RunningLane.Health(
                "alerting", state, true, hasRun, isRestoring, false, hangs, problems, List.of("w"), hasRules);
    }

    @Test
    void isReadyWithoutAnyReasonNotToBe() {
        assertThat(health(State.RUNNING, true, false, false, List.of(), true).isReady())
                .isTrue();
        assertThat(health(State.REBALANCING, true, false, false, List.of(), true)
                        .isReady())
                .isTrue();

        assertThat(health(State.PENDING_ERROR, true, false, false, List.of(), true)
                        .isReady())
                .isFalse();
        assertThat(health(State.RUNNING, false, false, false, List.of(), true).isReady())
                .isFalse();
        assertThat(health(State.RUNNING, true, true, false, List.of(), true).isReady())
                .isFalse();
        assertThat(health(State.RUNNING, true, false, true, List.of(), true).isReady())
                .isFalse();
        assertThat(health(State.RUNNING, true, false, false, List.of("p"), true).isReady())
                .isFalse();
        assertThat(health(State.RUNNING, true, false, false, List.of(), false).isReady())
                .isFalse();
    }

    @Test
    void itsAnswerIsJson() {
        assertThat(health(State.RUNNING, true, false, false, List.of("p", "q"), true)
                        .json())
                .isEqualTo("{'lane':'alerting','state':'RUNNING','restoring':false,'paused':false,'hangs':false,"
                                .replace('\'', '"')
                        + "'problems':['p','q'],'warnings':['w'],'ready':false}".replace('\'', '"'));
    }
}
