package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ThreadBudgetTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;

    @Test
    void replacesAsManyThreadsAsItMayAndNoMore() {
        ThreadBudget budget = new ThreadBudget(2, Duration.ofMinutes(10), clock);

        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
    }

    @Test
    void ignoresFailuresOutsideTheWindow() {
        ThreadBudget budget = new ThreadBudget(1, Duration.ofMinutes(10), clock);
        assertThat(budget.take()).isTrue();

        now.set(Instant.EPOCH.plus(Duration.ofMinutes(11)));

        assertThat(budget.take()).isTrue();
    }
}
