package io.clinicalstreams.peer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka's clients alone: consume, transform and produce in transactions, without Kafka Streams. The recording lane's own
 * step, ledger, client settings and commit interval, so what the lane costs more is Kafka Streams.
 *
 * <p>Exactly once: a thread owns fixed partitions, its producer a fixed transactional id, and a transaction contains
 * input offsets and output. It cannot rebalance.
 */
public final class KafkaClientsPeer implements Peer {

    @Override
    public Processing start(PeerInput input) {
        StreamsConfig config = input.laneConfig();
        int threads = config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        return WorkerThreads.start(
                threads,
                IntStream.range(0, threads)
                        .mapToObj(number -> new Worker(input, config, number, threads))
                        .toList());
    }

    /** One thread, with every partition of its group. */
    private static final class Worker implements WorkerThreads.Work {

        private final List<TopicPartition> partitions;
        private final Map<String, Object> consuming;
        private final Map<String, Object> producing;
        private final Duration commitInterval;
        private final PeerStep step;

        Worker(PeerInput input, StreamsConfig config, int number, int workers) {
            String group = input.lane().applicationId();
            String id = group + '-' + number;
            this.partitions = input.lane().sources().stream()
                    .flatMap(topic -> IntStream.range(0, topic.partitions())
                            .filter(partition -> partition % workers == number)
                            .mapToObj(partition -> new TopicPartition(topic.fullName(), partition)))
                    .toList();
            this.consuming = config.getMainConsumerConfigs(group, id, number);
            // Of Kafka Streams, which gives it more settings; partitions are assigned by hand.
            consuming.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
            this.producing = config.getProducerConfigs(id);
            producing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
            this.commitInterval = Duration.ofMillis(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
            this.step = PeerStep.of(input.catalogue());
        }

        @Override
        public void run(BooleanSupplier isClosed) {
            try (Consumer<byte[], byte[]> consumer =
                            new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    Producer<byte[], byte[]> producer =
                            step.producer(producing, consumer.committed(Set.copyOf(partitions)))) {
                producer.initTransactions();
                consumer.assign(partitions);
                while (!isClosed.getAsBoolean()) {
                    transact(consumer, producer);
                }
            }
        }

        private void transact(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
            producer.beginTransaction();
            Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
            long end = System.nanoTime() + commitInterval.toNanos();
            for (long left = commitInterval.toNanos(); left > 0; left = end - System.nanoTime()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofNanos(left));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    step.process(record, output -> send(output, producer));
                }
                next.putAll(records.nextOffsets());
            }
            if (!next.isEmpty()) {
                producer.sendOffsetsToTransaction(next, consumer.groupMetadata());
            }
            producer.commitTransaction();
        }

        /** A record that cannot be written fails the transaction at its commit. */
        private static void send(ProducerRecord<byte[], byte[]> output, Producer<byte[], byte[]> producer) {
            Future<?> unused = producer.send(output);
        }
    }
}
