package io.clinicalstreams.demo.bench;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads some topics from their end on and measures how long after the intended send time each record is there to be read.
 * The echo, the alerts and the recorded resources each have a watch of their own, on a thread of its own, so that all are
 * seen in the same way and none waits behind another.
 */
final class Watch implements AutoCloseable {

    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long CLOSE_MILLIS = 5_000;
    private static final byte[] UNREAD = new byte[0];

    private final Consumer<byte[], byte[]> consumer;
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Thread thread;
    private volatile boolean closed;
    private volatile long lastSeen = System.nanoTime();
    private volatile @Nullable String failure;

    private Watch(Consumer<byte[], byte[]> consumer, String name) {
        this.consumer = consumer;
        this.thread = new Thread(this::read, "watch-" + name);
        thread.setDaemon(true);
    }

    /**
     * Starts to watch; when this returns, nothing written later is missed.
     *
     * @param settings of the consumer, where the cluster is included
     */
    static Watch open(String name, List<String> topics, IsolationLevel isolation, Map<String, Object> settings) {
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // The time is in the headers: keys and values are not even copied.
        Deserializer<byte[]> skip = (topic, bytes) -> UNREAD;
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, skip, skip);
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: asking for the position does it now.
        partitions.forEach(consumer::position);
        Watch watch = new Watch(consumer, name);
        watch.thread.start();
        return watch;
    }

    /** Waits until nothing has come for a while, at most so long. */
    void awaitQuiet(Duration quiet, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() - lastSeen < quiet.toNanos() && System.nanoTime() < deadline && thread.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Ends the watch and says what it saw. */
    Latencies end() {
        close();
        if (failure != null) {
            throw new BenchException(thread.getName() + " ended early: " + failure);
        }
        return Latencies.of(micros);
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL);
                long now = epochMicros();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    saw(record.headers().lastHeader(HeaderNames.SENT_AT), now);
                    lastSeen = System.nanoTime();
                }
            }
        } catch (WakeupException closing) {
            // Woken to be closed.
        } catch (KafkaException broken) {
            failure = broken.getClass().getSimpleName();
        }
    }

    private void saw(@Nullable Header sentAt, long now) {
        if (sentAt != null) {
            long sent = Long.parseLong(new String(sentAt.value(), StandardCharsets.US_ASCII));
            micros.recordValue(Math.max(0, Math.min(LONGEST_MICROS, now - sent)));
        }
    }

    private static long epochMicros() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
