package io.clinicalstreams.application;

import static org.awaitility.Awaitility.await;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Partitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Watches committed outputs to measure how long it takes after a failure until new input is processed again. */
public final class Recovery implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final AtomicLong outputs = new AtomicLong();
    private final Map<TopicPartition, Long> latestSent = new ConcurrentHashMap<>();
    private final TestSystem system;
    private final int inputs;
    private final Tail tail;

    /** @param topics logical names */
    public Recovery(TestSystem system, String... topics) {
        this.system = system;
        this.inputs = system.partitions(TopicNames.RESOURCE_RECEIVED).size();
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
            int task = Partitions.partitionFor(record.key(), inputs);
            latestSent.merge(new TopicPartition(record.topic(), task), micros, Math::max);
        }
    }

    /** Waits for this many more outputs: a time that depends on the load, not on the clock. */
    public void awaitMore(int count) {
        long wanted = outputs.get() + count;
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GLANCE).until(() -> outputs.get() >= wanted);
    }

    /**
     * The time from a failure until input sent after it has committed output in the topic, from each partition of the
     * input: those of another instance, which never stopped, do not count for those that the failure took away.
     *
     * @param topic logical name of a topic whose key is the patient key
     */
    public Duration since(Instant failure, String topic) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, failure);
        String fullName = system.fullName(topic);
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GLANCE).until(() -> IntStream.range(0, inputs)
                .allMatch(task -> latestSent.getOrDefault(new TopicPartition(fullName, task), 0L) > micros));
        return Duration.between(failure, Instant.now());
    }

    @Override
    public void close() {
        tail.close();
    }
}
