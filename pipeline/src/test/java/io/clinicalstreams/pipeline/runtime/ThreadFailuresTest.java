package io.clinicalstreams.pipeline.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.alert.UnreadableStateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

final class ThreadFailuresTest {

    private final ThreadFailures failures =
            new ThreadFailures("recording", new ThreadBudget(1, Duration.ofMinutes(1), InstantSource.system()));

    @Test
    void replacesAThreadWhileTheBudgetLastsAndThenEndsTheLane() {
        assertThat(failures.handle(new StreamsException(new TimeoutException("late"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(new StreamsException(new TimeoutException("late"))))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void endsTheLaneAtOnceWhenInputExpiredUnread() {
        assertThat(failures.handle(
                        new StreamsException(new NoOffsetForPartitionException(Set.of(new TopicPartition("t", 0))))))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void tellsAPartitionWithoutAnOffsetFromExpiredInput() {
        TopicPartition partition = new TopicPartition("t", 0);

        assertThat(ThreadFailures.whyInvalid(
                        new StreamsException(new NoOffsetForPartitionException(Set.of(partition)))))
                .contains("partitions were added")
                .doesNotContain("expired");
        assertThat(ThreadFailures.whyInvalid(
                        new StreamsException(new OffsetOutOfRangeException(Map.of(partition, 7L)))))
                .contains("input expired unread");
    }

    @Test
    void endsTheLaneAtOnceWhenAnotherInstanceHasItsId() {
        assertThat(failures.handle(new FencedInstanceIdException("fenced"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void endsTheLaneAtOnceWhenAnotherVersionStoredAState() {
        UnreadableStateException unreadable = catchThrowableOfType(
                UnreadableStateException.class, () -> PatientStateCodec.decode(new byte[] {99, 0, 0}));

        assertThat(failures.handle(new StreamsException(unreadable))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void endsTheLaneAtOnceWhenTheJvmIsBroken() {
        assertThat(failures.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
    }
}
