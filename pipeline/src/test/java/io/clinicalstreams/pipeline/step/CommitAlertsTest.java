package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class CommitAlertsTest {

    private static final long NOW = 1_000_000;

    private final ThreadLocal<CommitAlerts.OfThread> thread = ThreadLocal.withInitial(CommitAlerts.OfThread::new);
    private final MockProcessorContext<Void, Void> task = at(NOW);
    private final CommitAlerts commits = new CommitAlerts(task, thread);

    @Test
    void anAlertIsCommittedAtOnce() {
        commits.alertWritten();

        assertThat(task.committed()).isTrue();
    }

    @Test
    void theNextOneWaitsForTheSpacingAndNoLonger() {
        commits.schedule();
        commits.alertWritten();
        task.resetCommit();

        commits.alertWritten();
        assertThat(task.committed()).isFalse();
        tick(NOW + CommitAlerts.SPACING.toMillis() - 1);
        assertThat(task.committed()).isFalse();
        tick(NOW + CommitAlerts.SPACING.toMillis());

        assertThat(task.committed()).isTrue();
    }

    @Test
    void tasksOfOneThreadShareTheSpacing() {
        MockProcessorContext<Void, Void> other = at(NOW);
        commits.alertWritten();

        new CommitAlerts(other, thread).alertWritten();

        assertThat(other.committed()).isFalse();
    }

    @Test
    void nothingIsCommittedWithoutAnAlert() {
        commits.schedule();

        tick(NOW + Duration.ofMinutes(1).toMillis());

        assertThat(task.committed()).isFalse();
    }

    private void tick(long now) {
        task.setCurrentSystemTimeMs(now);
        task.scheduledPunctuators().forEach(each -> each.getPunctuator().punctuate(now));
    }

    private static MockProcessorContext<Void, Void> at(long now) {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(now);
        return context;
    }
}
