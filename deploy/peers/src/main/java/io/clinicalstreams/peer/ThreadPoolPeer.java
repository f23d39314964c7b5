package io.clinicalstreams.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The consumer with a thread pool of the source documents: one thread polls, a pool with a thread for each core processes
 * the partitions of a poll, and the offsets are committed when all are done. Settings as in those documents; JSON is a
 * {@link JsonNode} and is routed by its {@code resourceType}, without validation.
 *
 * <p>At least once: a task waits until its records are acknowledged, so nothing is lost, but after a crash the records of
 * a poll are written again. Output and offsets are not one transaction, and a consumer that lost its partitions can still
 * write.
 */
public final class ThreadPoolPeer implements Peer {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final JsonMapper JSON = new JsonMapper();

    /** The others are ignored, as by the lane. */
    private static final Map<String, String> TOPICS = Map.of(
            "Observation", TopicNames.OBSERVATION_RECORDED,
            "MedicationRequest", TopicNames.MEDICATION_REQUESTED,
            "Encounter", TopicNames.ENCOUNTER_CHANGED);

    private static final Map<String, String> CONSUMER = Map.of(
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1024",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "52428800",
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "500",
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "1048576",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "500",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");

    private static final Map<String, String> PRODUCER = Map.of(
            ProducerConfig.BATCH_SIZE_CONFIG, "131072",
            ProducerConfig.LINGER_MS_CONFIG, "5",
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.BUFFER_MEMORY_CONFIG, "67108864",
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "5",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.RETRIES_CONFIG, "3",
            ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "100");

    @Override
    public Processing start(PeerInput input) {
        int threads = Runtime.getRuntime().availableProcessors();
        return WorkerThreads.start(threads, List.of(isClosed -> consume(input, threads, isClosed)));
    }

    private static void consume(PeerInput input, int threads, BooleanSupplier isClosed) {
        Map<String, Object> consuming = input.client(CONSUMER);
        consuming.put(ConsumerConfig.GROUP_ID_CONFIG, input.lane().applicationId());
        input.progress("", consuming);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Consumer<String, JsonNode> consumer =
                        new KafkaConsumer<>(consuming, new StringDeserializer(), readsJson());
                Producer<String, JsonNode> producer =
                        new KafkaProducer<>(input.client(PRODUCER), new StringSerializer(), writesJson())) {
            consumer.subscribe(List.of(input.received().fullName()));
            while (!isClosed.getAsBoolean()) {
                ConsumerRecords<String, JsonNode> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    CompletableFuture.allOf(records.partitions().stream()
                                    .map(partition -> CompletableFuture.runAsync(
                                            () -> process(records.records(partition), producer, input), pool))
                                    .toArray(CompletableFuture<?>[]::new))
                            .join();
                    consumer.commitSync();
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void process(
            List<ConsumerRecord<String, JsonNode>> records, Producer<String, JsonNode> producer, PeerInput input) {
        List<Future<?>> sent = new ArrayList<>(records.size());
        for (ConsumerRecord<String, JsonNode> record : records) {
            String topic = TOPICS.get(record.value().path("resourceType").asText());
            if (topic != null) {
                sent.add(producer.send(new ProducerRecord<>(input.name(topic), record.key(), record.value())));
            }
        }
        sent.forEach(ClusterAnswer::of);
    }

    private static Deserializer<JsonNode> readsJson() {
        return (topic, bytes) -> {
            try {
                return JSON.readTree(bytes);
            } catch (IOException wrong) {
                throw new UncheckedIOException(wrong);
            }
        };
    }

    private static Serializer<JsonNode> writesJson() {
        return (topic, json) -> {
            try {
                return JSON.writeValueAsBytes(json);
            } catch (IOException wrong) {
                throw new UncheckedIOException(wrong);
            }
        };
    }
}
