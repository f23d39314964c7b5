package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.pipeline.ledger.InputLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoundedConsumerTest {

    private static final TopicPartition ONE = new TopicPartition("clinical.resource.received", 0);
    private static final TopicPartition OTHER = new TopicPartition("clinical.resource.received", 1);

    @TempDir
    private Path directory;

    private final InputBuffer buffer = new InputBuffer();
    private BoundedConsumer consumer;

    /** No broker answers it. */
    @BeforeEach
    void create() {
        InputAttempts attempts = new InputAttempts(1, directory.resolve("attempts"), InstantSource.system());
        consumer = new BoundedConsumer(
                Map.of("bootstrap.servers", "localhost:1"),
                new BoundedConsumer.Lane(new InputLedger("recording", "ledger"), buffer, attempts, 100, () -> false));
        consumer.assign(List.of(ONE, OTHER));
        buffer.handedOut(ONE, 100);
        buffer.handedOut(OTHER, 100);
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    /** Otherwise the partition would count as full, and would be paused forever. */
    @Test
    void aSeekDropsWhatThePartitionHeld() {
        consumer.seek(ONE, 5);
        assertThat(buffer.held(ONE)).isZero();
        assertThat(buffer.held(OTHER)).isEqualTo(100);

        consumer.seek(OTHER, new OffsetAndMetadata(5));
        assertThat(buffer.held(OTHER)).isZero();
    }

    /** A thread that waits longer keeps its transaction open, and that of each partition. */
    @Test
    void brokersThatDoNotAnswerHoldUpAPollOnlyBriefly() {
        consumer.pause(List.of(OTHER));

        long start = System.nanoTime();
        assertThat(consumer.poll(Duration.ZERO)).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(consumer.paused()).as("paused by Kafka Streams").containsExactly(OTHER);
    }

    @Test
    void aRebalanceListenerThatThrowsLeavesNothingOfTheLostPartitions() {
        ConsumerRebalanceListener listener = consumer.noting(new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                throw new IllegalStateException("assigned");
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                throw new IllegalStateException("revoked");
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                throw new IllegalStateException("lost");
            }
        });

        assertThatThrownBy(() -> listener.onPartitionsRevoked(List.of(ONE))).hasMessage("revoked");
        assertThat(buffer.held(ONE)).isZero();
        assertThatThrownBy(() -> listener.onPartitionsLost(List.of(OTHER))).hasMessage("lost");
        assertThat(buffer.held(OTHER)).isZero();
        buffer.handedOut(ONE, 100);
        assertThatThrownBy(() -> listener.onPartitionsAssigned(List.of(ONE))).hasMessage("assigned");
        assertThat(buffer.held(ONE)).isZero();
    }
}
