package io.clinicalstreams.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LatencyProbeTest {

    private static final String RECORDED = "clinical.observation.recorded";
    private static final String ALERTS = "clinical.alert.generated";

    private final MockConsumer<byte[], byte[]> consumer = consumer();

    @Test
    void measuresFromTheIntendedSendTime() {
        try (LatencyProbe probe = probe()) {
            add(RECORDED, 5, Map.of("sent-at", microsAgo(200)));
            add(ALERTS, 5, Map.of("sent-at", microsAgo(3_000), "severity", "high", "transition", "raised"));
            await().until(() -> probe.snapshot().records().size() == 2);

            ProbeSnapshot seen = probe.snapshot();
            assertThat(seen.latencies(LatencyProbe.RECORDED).count()).isEqualTo(1);
            assertThat(seen.latencies(LatencyProbe.RECORDED).max()).isBetween(200.0, 2_900.0);
            assertThat(seen.latencies(LatencyProbe.ALERT).count()).isEqualTo(1);
            assertThat(seen.latencies(LatencyProbe.ALERT).p50()).isGreaterThanOrEqualTo(2_990.0);
            assertThat(seen.alertsBySeverity()).isEqualTo(Map.of("high", 1L));
            assertThat(seen.failure()).isNull();
        }
    }

    @Test
    void countsRecordsWithoutASendTimeButNotTheirLatency() {
        try (LatencyProbe probe = probe()) {
            add(RECORDED, 5, Map.of());
            add(RECORDED, 6, Map.of("sent-at", "soon"));
            add(RECORDED, 7, Map.of("sent-at", ""));
            add(RECORDED, 8, Map.of("sent-at", "99999999999999999999"));
            await().until(() -> probe.snapshot().records(LatencyProbe.RECORDED) == 4);

            assertThat(probe.snapshot().latencies(LatencyProbe.RECORDED)).isEqualTo(Latencies.NONE);
            assertThat(probe.snapshot().hasLatencies()).isFalse();
        }
    }

    @Test
    void beginsAtTheEnd() {
        add(RECORDED, 0, Map.of("sent-at", microsAgo(1)));
        try (LatencyProbe probe = probe()) {
            add(RECORDED, 5, Map.of("sent-at", microsAgo(1)));
            await().until(() -> !probe.snapshot().records().isEmpty());

            assertThat(probe.snapshot().records()).isEqualTo(Map.of(LatencyProbe.RECORDED, 1L));
        }
    }

    @Test
    void reportsWhyItEnded() {
        try (LatencyProbe probe = probe()) {
            consumer.setPollException(new KafkaException("a message that is not repeated"));
            await().untilAsserted(() -> assertThat(probe.snapshot().failure()).isEqualTo("KafkaException"));
        }
    }

    @Test
    void reportsItsOwnFailure() {
        try (LatencyProbe probe = probe()) {
            consumer.schedulePollTask(() -> {
                throw new IllegalStateException("a message that is not repeated");
            });
            await().untilAsserted(() -> assertThat(probe.snapshot().failure()).isEqualTo("IllegalStateException"));
        }
    }

    /** Lanes that stand still as sending ends are quiet, and have outcomes to come. */
    @Test
    void isNotQuietOnlyBecauseItWasBefore() throws Exception {
        try (LatencyProbe probe = probe()) {
            Thread.sleep(200);
            long start = System.nanoTime();
            probe.awaitQuiet(Duration.ofMillis(150), Duration.ofSeconds(20));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        }
    }

    @Test
    void waitsUntilNoMoreRecordsArrive() throws Exception {
        try (LatencyProbe probe = probe()) {
            long start = System.nanoTime();
            probe.awaitQuiet(Duration.ofMillis(150), Duration.ofSeconds(20));
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));

            start = System.nanoTime();
            probe.awaitQuiet(Duration.ofHours(1), Duration.ofMillis(100));
            assertThat(System.nanoTime() - start)
                    .isBetween(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(10));
        }
    }

    private LatencyProbe probe() {
        return LatencyProbe.open(consumer, Map.of(RECORDED, LatencyProbe.RECORDED, ALERTS, LatencyProbe.ALERT));
    }

    private void add(String topic, long offset, Map<String, String> headers) {
        RecordHeaders written = new RecordHeaders();
        headers.forEach((name, value) -> written.add(name, value.getBytes(StandardCharsets.US_ASCII)));
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(
                topic,
                0,
                offset,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                written,
                Optional.empty())));
    }

    private static String microsAgo(long millis) {
        return Long.toString(TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli() - millis));
    }

    private static MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
        Map<TopicPartition, Long> ends = new HashMap<>();
        Node node = new Node(0, "localhost", 9092);
        for (String topic : List.of(RECORDED, ALERTS)) {
            consumer.updatePartitions(
                    topic, List.of(new PartitionInfo(topic, 0, node, new Node[] {node}, new Node[] {node})));
            ends.put(new TopicPartition(topic, 0), 5L);
        }
        consumer.updateEndOffsets(ends);
        return consumer;
    }
}
