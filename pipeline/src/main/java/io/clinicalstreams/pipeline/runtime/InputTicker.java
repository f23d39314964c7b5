package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.wire.Tick;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends ticks to a lane's input, so that the log's time goes on while nothing arrives: an alert about silence depends on
 * it. A tick is a resource without content. The brokers date it, and it stands behind everything that arrived before
 * it, so a lane that lags does not take its own lag for silence.
 *
 * <p>Each partition is ticked by the instance that owns it in the lane's group. While partitions move, one may get two
 * ticks, or none: nothing but the delay of an alert depends on that. Not part of the lane's transactions: an open one
 * would hide the input behind its tick from both lanes.
 *
 * @param topic full name
 * @param owned the partitions of the topic that this instance owns
 * @param shortestSilence the shortest interval of a rule of kind silence in force; null if there is none
 */
record InputTicker(
        String topic,
        Supplier<Set<Integer>> owned,
        Supplier<@Nullable Duration> shortestSilence,
        Supplier<Producer<byte[], byte[]>> producers,
        MeterRegistry registry) {

    private static final Logger LOG = LoggerFactory.getLogger(InputTicker.class);

    /** A silence is found late by this share of its interval, within these bounds. */
    private static final int SHARE = 10;

    private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
    private static final Duration LEAST_OFTEN = Duration.ofSeconds(10);

    /** A tick that could not be sent by the time of the next ones is not needed any more. */
    private static final Map<String, Object> PRODUCER = Map.of(
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            5_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            10_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            5_000L,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            1L << 20);

    static InputTicker of(
            String topic,
            KafkaStreams streams,
            StreamsConfig config,
            Supplier<@Nullable Duration> shortestSilence,
            MeterRegistry registry) {
        return new InputTicker(topic, () -> owned(streams, topic), shortestSilence, () -> producer(config), registry);
    }

    private static Producer<byte[], byte[]> producer(StreamsConfig config) {
        String name = config.getString(StreamsConfig.APPLICATION_ID_CONFIG) + "-ticker";
        Map<String, Object> settings = new HashMap<>(config.getProducerConfigs(name));
        settings.putAll(PRODUCER);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Empty unless the lane processes. */
    private static Set<Integer> owned(KafkaStreams streams, String topic) {
        if (streams.isPaused()) {
            return Set.of();
        }
        try {
            return streams.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .flatMap(task -> task.topicPartitions().stream())
                    .filter(partition -> partition.topic().equals(topic))
                    .map(TopicPartition::partition)
                    .collect(Collectors.toSet());
        } catch (IllegalStateException doesNotRun) {
            return Set.of();
        }
    }

    /**
     * Ticks while the condition holds.
     *
     * @param pause between looks at the clock, a fraction of a second
     */
    void run(BooleanSupplier isNeeded, LongSupplier nanos, Runnable pause) {
        Producer<byte[], byte[]> producer = null;
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long ticked = nanos.getAsLong();
        try {
            while (isNeeded.getAsBoolean()) {
                Duration every = every();
                if (every != null && nanos.getAsLong() - ticked >= every.toNanos()) {
                    ticked = nanos.getAsLong();
                    if (isLasting(failure.getAndSet(null))) {
                        Utils.closeQuietly(producer, "ticker");
                        producer = null;
                    }
                    producer = producer == null ? made() : producer;
                    if (producer != null) {
                        tick(producer, failure);
                    }
                }
                pause.run();
            }
        } finally {
            Utils.closeQuietly(producer, "ticker");
        }
    }

    /** Whether another producer may succeed where this one will not. */
    private static boolean isLasting(@Nullable Exception failure) {
        return failure != null && !(failure instanceof RetriableException);
    }

    /** Null if it cannot be made now, for example because no broker's name can be resolved. */
    private @Nullable Producer<byte[], byte[]> made() {
        try {
            return producers.get();
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", failure.getClass().getName())
                    .log("cannot make a producer of ticks; silence is found later");
            return null;
        }
    }

    /** Null while no rule needs the time. */
    @Nullable
    Duration every() {
        Duration silence = shortestSilence.get();
        if (silence == null) {
            return null;
        }
        Duration share = silence.dividedBy(SHARE);
        Duration atLeast = share.compareTo(MOST_OFTEN) < 0 ? MOST_OFTEN : share;
        return atLeast.compareTo(LEAST_OFTEN) > 0 ? LEAST_OFTEN : atLeast;
    }

    /** @param first takes the first failure, which is logged; in an outage all partitions fail for the same reason */
    void tick(Producer<byte[], byte[]> producer, AtomicReference<@Nullable Exception> first) {
        for (int partition : owned.get()) {
            try {
                Future<RecordMetadata> unused = producer.send(
                        new ProducerRecord<>(topic, partition, null, Tick.value()),
                        (sent, failure) -> ticked(partition, failure, first));
            } catch (RuntimeException failure) {
                ticked(partition, failure, first);
            }
        }
    }

    private void ticked(int partition, @Nullable Exception failure, AtomicReference<@Nullable Exception> first) {
        Counter.builder("clinical.ticks")
                .description("Ticks sent to the input, and those that could not be")
                .tag("outcome", failure == null ? "sent" : "failed")
                .register(registry)
                .increment();
        if (failure != null && first.compareAndSet(null, failure)) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", partition)
                    .addKeyValue("reason", failure.getClass().getName())
                    .log("could not send a tick; silence is found later");
        }
    }
}
