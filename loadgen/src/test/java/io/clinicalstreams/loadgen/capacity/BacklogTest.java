package io.clinicalstreams.loadgen.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.problem.CommandException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void waitsUntilItIsKnownToBeSmall() throws Exception {
        Iterator<Long> seen = List.of(-1L, 900L, -1L, 50L).iterator();

        new Backlog("lane", seen::next).await(50, LONG, LONG, () -> false);

        assertThat(seen).isExhausted();
    }

    @Test
    void endsIfTheClusterIsSilent() {
        assertThatThrownBy(() -> new Backlog("lane", () -> -1).await(50, LONG, Duration.ZERO, () -> false))
                .isInstanceOf(CommandException.class)
                .hasMessage("the lag of lane is unknown: the cluster does not answer any more");
    }

    @Test
    void endsIfItDoesNotFall() {
        assertThatThrownBy(() -> new Backlog("lane", () -> 51).await(50, Duration.ZERO, LONG, () -> false))
                .isInstanceOf(CommandException.class)
                .hasMessage("the lag of lane did not fall within 0 min");
    }

    @Test
    void endsIfTheSearchIsStopped() {
        assertThatThrownBy(() -> new Backlog("lane", () -> -1).await(50, LONG, LONG, () -> true))
                .isInstanceOf(InterruptedException.class);
    }
}
