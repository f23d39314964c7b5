package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitAlertsTest {

    private static final long NOW = 1_000_000;

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final CommitAlerts commits = new CommitAlerts(context);

    @BeforeEach
    void setTheClock() {
        context.setCurrentSystemTimeMs(NOW);
    }

    @Test
    void anAlertOfFreshInputIsCommittedAtOnce() {
        commits.alertWritten(NOW - CommitAlerts.FRESH.toMillis());

        assertThat(context.committed()).isTrue();
    }

    @Test
    void anAlertOutOfABacklogWaitsForTheInterval() {
        commits.alertWritten(NOW - CommitAlerts.FRESH.toMillis() - 1);

        assertThat(context.committed()).isFalse();
    }
}
