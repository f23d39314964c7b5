package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.pipeline.KeptLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated // keeps what a logger of all classes logs
final class InputAttemptsTest {

    private static final TopicPartition PARTITION = new TopicPartition("clinical.resource.received", 3);

    private static final TopicPartition OTHER = new TopicPartition("clinical.resource.rekeyed", 3);
    private static final TopicPartition THIRD = new TopicPartition("clinical.resource.rekeyed", 4);

    private Instant now = Instant.parse("2026-03-01T12:00:00.5Z");

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

    @Test
    void aDamagedFileIsLogged() throws IOException {
        Logger logger = (Logger) LogManager.getLogger(InputAttempts.class);
        KeptLog kept = new KeptLog();
        kept.start();
        logger.addAppender(kept);
        try {
            ofThisProcess(1);
            assertThat(kept.messages()).as("the first start").isEmpty();

            Files.writeString(directory.resolve("lane.attempts"), "nonsense=x\n");
            ofThisProcess(1);
            assertThat(kept.messages()).singleElement().asString().contains("cannot read", "lane.attempts");
        } finally {
            logger.removeAppender(kept);
        }
    }

    /** After an outage, every partition has as many attempts as it may have, and none of them is the cause. */
    @Test
    void triesOnceMoreAfterAWhileAndOnlyOnce() {
        InputAttempts attempts = ofThisProcess(2);
        begin(attempts, 41);
        now = now.plusSeconds(60);
        begin(attempts, 41);

        now = now.plus(InputAttempts.PAUSE).minusSeconds(1);
        assertThatThrownBy(() -> begin(ofThisProcess(2), 41))
                .isInstanceOf(RepeatedAbortException.class)
                .hasMessageContaining("once more from 2026-03-01T12:11:00Z on");

        now = now.plusSeconds(1);
        begin(ofThisProcess(2), 41);
        assertThatThrownBy(() -> begin(ofThisProcess(2), 41))
                .hasMessageContaining("3 times")
                .hasMessageContaining("once more from 2026-03-01T12:21:00Z on")
                .hasMessageContaining("input.attempts above 3");

        begin(ofThisProcess(2), 42);
        begin(ofThisProcess(2), 42);
    }

    @Test
    void aClockThatWasSetBackDoesNotStopALaneForLonger() {
        begin(ofThisProcess(1), 41);
        now = now.minus(Duration.ofDays(1));

        begin(ofThisProcess(1), 41);
        assertThatThrownBy(() -> begin(ofThisProcess(1), 41)).isInstanceOf(RepeatedAbortException.class);
    }

    /** They share a transaction, so their counts rise together. */
    @Test
    void namesAllPartitionsThatItStopsForAndCountsNoneOfThem() {
        InputAttempts attempts = ofThisProcess(2);
        attempts.begin(Map.of(PARTITION, 41L, OTHER, 7L));
        attempts.begin(Map.of(PARTITION, 41L, OTHER, 7L));

        assertThatThrownBy(() -> attempts.begin(Map.of(PARTITION, 41L, OTHER, 7L, THIRD, 1L)))
                .hasMessageStartingWith("input of clinical.resource.received-3 from offset 41 on was begun 2 times,"
                        + " of clinical.resource.rekeyed-3 from offset 7 on was begun 2 times and never committed:"
                        + " one of these partitions is the cause");
        attempts.begin(Map.of(THIRD, 1L));
        assertThat(attempts.aborts(THIRD, 1)).isZero();
    }

    @Test
    void forgetsAPartitionAndStartsOver() {
        begin(ofThisProcess(1), 41);
        ofThisProcess(1).forget(Set.of(PARTITION, OTHER));

        begin(ofThisProcess(1), 41);
    }

    private InputAttempts ofThisProcess(int most) {
        return new InputAttempts(most, directory.resolve("lane.attempts"), () -> now);
    }

    private static void begin(InputAttempts attempts, long offset) {
        attempts.begin(Map.of(PARTITION, offset));
    }
}
