package io.clinicalstreams.application;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows topics from their current ends on its own thread and passes each record to a listener on that thread. */
final class Tail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CompletableFuture<Void> end;

    private Tail(KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> listener) {
        this.consumer = consumer;
        this.end = CompletableFuture.runAsync(() -> follow(listener), run -> new Thread(run, "tail").start());
    }

    /**
     * Returns when the start position is known.
     *
     * @param topics full names
     * @param isolation whether to read uncommitted records
     */
    static Tail of(
            List<String> topics,
            IsolationLevel isolation,
            Map<String, Object> client,
            Consumer<ConsumerRecord<byte[], byte[]>> listener) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.name().toLowerCase(Locale.ROOT));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions, PATIENCE).forEach(consumer::seek);
        return new Tail(consumer, listener);
    }

    private void follow(Consumer<ConsumerRecord<byte[], byte[]>> listener) {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(listener);
            }
        } catch (WakeupException closed) {
            // asked for
        }
    }

    boolean isFollowing() {
        return !end.isDone();
    }

    @Override
    public void close() {
        consumer.wakeup();
        end.join();
    }
}
