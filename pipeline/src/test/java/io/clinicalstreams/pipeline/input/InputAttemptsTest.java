package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputAttemptsTest {

    private static final TopicPartition PARTITION = new TopicPartition("clinical.resource.received", 3);

    @TempDir
    private Path directory;

    @Test
    void endsAfterSoManyAttemptsAtOneOffsetAndSaysWhere() {
        InputAttempts attempts = ofThisProcess(2);
        begin(attempts, 41);
        begin(attempts, 41);

        assertThat(attempts.aborts(PARTITION, 41)).isOne();
        assertThatThrownBy(() -> begin(attempts, 41))
                .isInstanceOf(RepeatedAbortException.class)
                .hasMessageContaining("clinical.resource.received-3 from offset 41")
                .hasMessageContaining("2 times")
                .hasMessageContaining("input.attempts");
    }

    @Test
    void startsOverAtTheNextOffset() {
        InputAttempts attempts = ofThisProcess(2);
        begin(attempts, 41);
        begin(attempts, 41);
        begin(attempts, 42);

        assertThat(attempts.aborts(PARTITION, 42)).isZero();
        assertThat(attempts.aborts(PARTITION, 43)).isZero();
        begin(attempts, 42);
    }

    @Test
    void aRestartedProcessGoesOnCountingAndMayBeToldToTryAgain() {
        begin(ofThisProcess(2), 41);
        begin(ofThisProcess(2), 41);

        assertThatThrownBy(() -> begin(ofThisProcess(2), 41)).isInstanceOf(RepeatedAbortException.class);
        assertThatThrownBy(() -> begin(ofThisProcess(2), 41)).isInstanceOf(RepeatedAbortException.class);
        begin(ofThisProcess(3), 41);
    }

    @Test
    void aDamagedFileDoesNotStopALane() throws IOException {
        Files.writeString(directory.resolve("lane.attempts"), "nonsense=x\n");

        begin(ofThisProcess(1), 41);
        assertThatThrownBy(() -> begin(ofThisProcess(1), 41)).isInstanceOf(RepeatedAbortException.class);
    }

    private InputAttempts ofThisProcess(int most) {
        return new InputAttempts(most, directory.resolve("lane.attempts"));
    }

    private static void begin(InputAttempts attempts, long offset) {
        attempts.begin(Map.of(PARTITION, offset));
    }
}
