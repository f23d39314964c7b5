package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.ledger.InputLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoundedConsumerTest {

    private static final TopicPartition ONE = new TopicPartition("clinical.resource.received", 0);
    private static final TopicPartition OTHER = new TopicPartition("clinical.resource.received", 1);

    @TempDir
    private Path directory;

    /** Otherwise the partition would count as full, and would be paused forever. */
    @Test
    void aSeekDropsWhatThePartitionHeld() {
        InputBuffer buffer = new InputBuffer();
        BoundedConsumer.Lane lane = new BoundedConsumer.Lane(
                new InputLedger("recording", "ledger"),
                buffer,
                new InputAttempts(1, directory.resolve("attempts")),
                100,
                () -> false);
        try (BoundedConsumer consumer = new BoundedConsumer(Map.of("bootstrap.servers", "localhost:1"), lane)) {
            consumer.assign(List.of(ONE, OTHER));
            buffer.handedOut(ONE, 100);
            buffer.handedOut(OTHER, 100);

            consumer.seek(ONE, 5);
            assertThat(buffer.held(ONE)).isZero();
            assertThat(buffer.held(OTHER)).isEqualTo(100);

            consumer.seek(OTHER, new OffsetAndMetadata(5));
            assertThat(buffer.held(OTHER)).isZero();
        }
    }
}
