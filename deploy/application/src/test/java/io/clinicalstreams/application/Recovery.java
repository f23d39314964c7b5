package io.clinicalstreams.application;

import static org.awaitility.Awaitility.await;

import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Watches committed outputs to measure how long it takes after a failure until new input is processed again. */
final class Recovery implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final AtomicLong outputs = new AtomicLong();
    private final Map<TopicPartition, Long> latestSent = new ConcurrentHashMap<>();
    private final TestSystem system;
    private final Tail tail;

    /** @param topics logical names */
    Recovery(TestSystem system, String... topics) {
        this.system = system;
        tail = Tail.of(
                Stream.of(topics).map(system::fullName).toList(),
                IsolationLevel.READ_COMMITTED,
                system.client(),
                this::saw);
    }

    private void saw(ConsumerRecord<byte[], byte[]> record) {
        outputs.incrementAndGet();
        Header sentAt = record.headers().lastHeader(HeaderNames.SENT_AT);
        if (sentAt != null) {
            long micros = Long.parseLong(new String(sentAt.value(), StandardCharsets.US_ASCII));
            latestSent.merge(new TopicPartition(record.topic(), record.partition()), micros, Math::max);
        }
    }

    /** Waits for this many more outputs: a time that depends on the load, not on the clock. */
    void awaitMore(int count) {
        long wanted = outputs.get() + count;
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GLANCE).until(() -> outputs.get() >= wanted);
    }

    /** The time from a failure until input sent after it has committed output in each partition of the topic. */
    Duration since(Instant failure, String topic) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, failure);
        List<TopicPartition> partitions = system.partitions(topic);
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GLANCE).until(() -> partitions.stream()
                .allMatch(each -> latestSent.getOrDefault(each, 0L) > micros));
        return Duration.between(failure, Instant.now());
    }

    @Override
    public void close() {
        tail.close();
    }
}
