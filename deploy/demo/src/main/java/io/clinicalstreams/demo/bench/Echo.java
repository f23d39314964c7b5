package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The minimum cost of reading and writing: one consumer and one producer with the alert topic's settings copy every
 * input record to another topic at once, without transactions, commits or processing.
 */
final class Echo implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long CLOSE_MILLIS = 5_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final String to;
    private final Thread thread;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private volatile boolean closed;

    private Echo(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, String to) {
        this.consumer = consumer;
        this.producer = producer;
        this.to = to;
        this.thread = new Thread(this::echo, "echo");
        thread.setDaemon(true);
    }

    /** Starts the echo; a record sent after this returns is not missed. */
    static Echo start(Catalogue catalogue, DemoCluster cluster, String to) {
        Topic alerts = catalogue.topic(TopicNames.ALERT_GENERATED);
        Topic input = catalogue.topic(TopicNames.RESOURCE_RECEIVED);
        Map<String, Object> reading = cluster.client(alerts.consumer().plain());
        reading.remove(ConsumerConfig.GROUP_ID_CONFIG);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(input.fullName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: asking for the position does it now.
        partitions.forEach(consumer::position);
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.client(alerts.producer().plain()), new ByteArraySerializer(), new ByteArraySerializer());
        Echo echo = new Echo(consumer, producer, to);
        echo.thread.start();
        return echo;
    }

    /** @throws CommandException when the echo failed, so that its measurements are invalid */
    void check() {
        String broken = failure.get();
        if (broken != null) {
            throw new CommandException(ExitCode.FAILURE, "the echo failed: " + broken);
        }
    }

    private void echo() {
        try (consumer;
                producer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Future<RecordMetadata> unused = producer.send(
                            new ProducerRecord<>(to, null, record.key(), record.value(), record.headers()),
                            (metadata, refused) -> fail(refused));
                }
            }
        } catch (WakeupException closing) {
            // Woken by close().
        } catch (KafkaException broken) {
            fail(broken);
        }
    }

    private void fail(@Nullable Exception reason) {
        if (reason != null) {
            failure.compareAndSet(null, reason.getClass().getSimpleName());
        }
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
