package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A bare producer, then a bare consumer, both with Kafka's defaults, the same in every pass of every
 * experiment. What it shows of a difference is the machine's.
 *
 * @param brokers ids of the brokers' processes
 * @param topic exists and is empty
 * @param records number of records in each of three measured rounds, and in one before
 */
record Ruler(String bootstrapServers, List<Long> brokers, String topic, int partitions, int records) {

    /** Small, so that the disk is not what is measured. */
    private static final int BYTES = 200;

    private static final int VALUES = 1_024;
    /** The median of the rounds is each figure: a moment's disturbance is not the machine's drift. */
    private static final int ROUNDS = 3;

    private static final Duration STUCK = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    Map<Metric, Double> measure() {
        byte[][] values = values();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class));
                Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class))) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            round(producer, consumer, values);
            List<Map<Metric, Double>> rounds = IntStream.range(0, ROUNDS)
                    .mapToObj(round -> round(producer, consumer, values))
                    .toList();
            return medians(rounds);
        }
    }

    private static Map<Metric, Double> medians(List<Map<Metric, Double>> rounds) {
        Map<Metric, Double> medians = new EnumMap<>(Metric.class);
        rounds.get(0)
                .keySet()
                .forEach(metric -> medians.put(
                        metric,
                        rounds.stream()
                                .map(round -> round.get(metric))
                                .sorted()
                                .toList()
                                .get(ROUNDS / 2)));
        return medians;
    }

    private Map<Metric, Double> round(
            Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer, byte[][] values) {
        TrialTimes start = TrialTimes.untilNow(brokers);
        produce(producer, values, records);
        consume(consumer, records);
        return TrialTimes.untilNow(brokers).perRecordSince(start, records);
    }

    private void produce(Producer<byte[], byte[]> producer, byte[][] values, int count) {
        for (int i = 0; i < count; i++) {
            // A record that is not written is not read, and consuming notices.
            Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, values[i % values.length]));
        }
        producer.flush();
    }

    /** Reads so many records. */
    static void consume(Consumer<byte[], byte[]> consumer, int count) {
        long moved = System.nanoTime();
        for (int read = 0; read < count; ) {
            int polled = consumer.poll(POLL).count();
            read += polled;
            if (polled > 0) {
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STUCK.toNanos()) {
                throw new CommandException(
                        ExitCode.FAILURE, "a consumer read only " + read + " of " + count + " records");
            }
        }
    }

    /** Letters at random, always the same. */
    private static byte[][] values() {
        Random random = new Random(1);
        byte[][] values = new byte[VALUES][BYTES];
        for (byte[] value : values) {
            for (int i = 0; i < value.length; i++) {
                value[i] = (byte) ('a' + random.nextInt(26));
            }
        }
        return values;
    }
}
