package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartitionReadsTest {

    private static final TopicPartition PARTITION = new TopicPartition("clinical.resource.rekeyed", 3);
    private static final int MOST = 2;

    @TempDir
    private Path directory;

    private InputAttempts attempts;
    private PartitionReads reads;

    @BeforeEach
    void start() {
        attempts = new InputAttempts(MOST, directory.resolve("lane.attempts"), InstantSource.system());
        reads = new PartitionReads(attempts);
    }

    /** A lane that was killed leaves them, and no later record lets Kafka Streams commit an offset beyond them. */
    @Test
    void abortedRecordsAtTheEndAreNoAttempts() {
        for (int starts = 0; starts < 3 * MOST; starts++) {
            start();
            begin(4, 9);
            assertThat(reads.read(nothingUntil(9))).isEmpty();

            assertThat(reads.notBegun(Set.of(PARTITION))).containsExactly(PARTITION);
            begin(9, 9);
            assertThat(reads.notBegun(Set.of(PARTITION))).isEmpty();
            assertThat(attempts.aborts(PARTITION, 4)).isZero();
        }
    }

    @Test
    void aRecordAfterAbortedRecordsIsAttemptedFromWhereReadingBegan() {
        for (int starts = 0; starts < MOST; starts++) {
            start();
            begin(4, 12);
            reads.read(nothingUntil(9));
            begin(9, 12);
            assertThat(attempts.aborts(PARTITION, 4)).isEqualTo(starts);
        }

        start();
        assertThatThrownBy(() -> begin(4, 12))
                .isInstanceOf(RepeatedAbortException.class)
                .hasMessageContaining("from offset 4");
    }

    @Test
    void anAttemptStaysAfterItsRecordsWereRead() {
        begin(4, 12);
        reads.read(records(5, 8));
        reads.read(nothingUntil(12));
        assertThat(reads.notBegun(Set.of(PARTITION))).isEmpty();

        start();
        begin(4, 12);
        assertThat(attempts.aborts(PARTITION, 4)).isOne();
    }

    @Test
    void recordsThatAreReadAgainAreAnotherAttempt() {
        begin(4, 12);
        assertThat(reads.read(records(4, 8))).isEmpty();

        assertThat(reads.read(records(4, 6))).containsExactly(PARTITION);
        assertThat(attempts.aborts(PARTITION, 4)).isOne();
    }

    @Test
    void aPartitionThatRestartsBeginsAgain() {
        begin(4, 12);
        reads.restart(PARTITION);
        assertThat(reads.notBegun(Set.of(PARTITION))).containsExactly(PARTITION);

        begin(4, 12);
        assertThat(attempts.aborts(PARTITION, 4)).isOne();
    }

    @Test
    void aPartitionWithoutInputIsNotAttempted() {
        for (int starts = 0; starts <= MOST; starts++) {
            start();
            begin(4, 4);
            assertThat(reads.notBegun(Set.of(PARTITION))).isEmpty();
        }
    }

    private void begin(long position, long end) {
        reads.begin(Map.of(PARTITION, position), Map.of(PARTITION, end));
    }

    private static ConsumerRecords<byte[], byte[]> nothingUntil(long next) {
        return new ConsumerRecords<>(Map.of(), Map.of(PARTITION, new OffsetAndMetadata(next)));
    }

    private static ConsumerRecords<byte[], byte[]> records(int from, int next) {
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(from, next)
                .mapToObj(offset -> new ConsumerRecord<>(
                        PARTITION.topic(), PARTITION.partition(), (long) offset, new byte[0], new byte[0]))
                .toList();
        return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of(PARTITION, new OffsetAndMetadata(next)));
    }
}
