package io.clinicalstreams.loadgen.measure;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from their end and measures the time from the intended send of the input until each record can be read.
 * It must run on the sending machine or on one with a synchronized clock. Each probe has its own thread.
 */
public final class LatencyProbe implements AutoCloseable {

    /** The outcome of a record in a recorded topic. */
    public static final String RECORDED = "recorded";

    /** The outcome of a record in the alert topic. */
    public static final String ALERT = "alert";

    /** The outcome of a record in the target topic itself. */
    public static final String READ = "read";

    /** The recording lane's outputs that are not patients' resources. */
    private static final Set<String> NOT_RECORDED = Set.of(
            TopicNames.RESOURCE_REKEYED,
            TopicNames.RESOURCE_REJECTED,
            TopicNames.RESOURCE_ACCOUNTED,
            TopicNames.MEDICATION_CATALOG);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long CLOSE_MILLIS = 5_000;
    private static final byte[] UNREAD = new byte[0];

    private final Consumer<byte[], byte[]> consumer;
    private final ProbeCounts sightings;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long lastSeenNanos = System.nanoTime();
    private volatile @Nullable String failure;

    private LatencyProbe(Consumer<byte[], byte[]> consumer, Map<String, String> outcomes) {
        this.consumer = consumer;
        this.sightings = new ProbeCounts(outcomes);
        this.thread = new Thread(this::read, "latency-probe");
        thread.setDaemon(true);
    }

    /** Measures the pipeline's outputs: the recorded topics and the alerts. */
    public static LatencyProbe ofPipeline(Catalogue catalogue, Map<String, ?> clientSettings) {
        Map<String, String> outcomes = new HashMap<>(recorded(catalogue));
        outcomes.putAll(alerts(catalogue));
        return open(catalogue, clientSettings, outcomes, IsolationLevel.READ_COMMITTED);
    }

    /**
     * Measures one topic, read with its consumer settings in the catalogue, else with Kafka's defaults.
     *
     * @param topic its full name
     */
    public static LatencyProbe ofTopic(Catalogue catalogue, String topic, Map<String, ?> clientSettings) {
        Map<String, Object> settings = new HashMap<>();
        catalogue.topics().stream()
                .filter(known -> known.fullName().equals(topic))
                .forEach(known -> settings.putAll(known.consumer().plain()));
        settings.putAll(clientSettings);
        return open(settings, Map.of(topic, READ), IsolationLevel.READ_COMMITTED);
    }

    /** By full topic name. */
    public static Map<String, String> recorded(Catalogue catalogue) {
        return catalogue.lane("recording").sinks().stream()
                .filter(topic -> !NOT_RECORDED.contains(topic.name()))
                .collect(Collectors.toMap(Topic::fullName, topic -> RECORDED));
    }

    /** By full topic name. */
    public static Map<String, String> alerts(Catalogue catalogue) {
        return Map.of(catalogue.topic(TopicNames.ALERT_GENERATED).fullName(), ALERT);
    }

    /**
     * Starts measuring; a record written after this returns is not missed.
     *
     * @param clientSettings connection and credentials; they override the catalogue's
     * @param outcomes the outcome that a snapshot counts records under, by the full name of each topic to read
     */
    public static LatencyProbe open(
            Catalogue catalogue,
            Map<String, ?> clientSettings,
            Map<String, String> outcomes,
            IsolationLevel isolation) {
        // The alert topic's settings for all topics: with those of a throughput topic a fetch would wait for more data.
        Map<String, Object> settings = new HashMap<>(
                catalogue.topic(TopicNames.ALERT_GENERATED).consumer().plain());
        settings.putAll(clientSettings);
        return open(settings, outcomes, isolation);
    }

    private static LatencyProbe open(
            Map<String, Object> settings, Map<String, String> outcomes, IsolationLevel isolation) {
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        // Only headers are needed: keys and values are not even copied.
        Deserializer<byte[]> skip = (topic, bytes) -> UNREAD;
        return open(new KafkaConsumer<>(settings, skip, skip), outcomes);
    }

    static LatencyProbe open(Consumer<byte[], byte[]> consumer, Map<String, String> outcomes) {
        List<TopicPartition> partitions = outcomes.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: asking for the position does it now.
        partitions.forEach(consumer::position);
        LatencyProbe probe = new LatencyProbe(consumer, outcomes);
        probe.thread.start();
        return probe;
    }

    /** The counts so far; callable from any thread. */
    public ProbeSnapshot snapshot() {
        return sightings.snapshot(failure);
    }

    /** The latencies so far in microseconds, by outcome; callable from any thread. */
    public Map<String, Histogram> histograms() {
        return sightings.histograms();
    }

    /**
     * Waits until no record has arrived for {@code quiet} from now on, at most {@code longest}. It was quiet before if the
     * lanes stood still, and then their latest outcomes are still to come.
     */
    public void awaitQuiet(Duration quiet, Duration longest) throws InterruptedException {
        long start = System.nanoTime();
        long deadline = start + longest.toNanos();
        long now = start;
        while (Math.min(now - start, now - lastSeenNanos) < quiet.toNanos() && now < deadline && thread.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(20);
            now = System.nanoTime();
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

    private void read() {
        try (consumer) {
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long now = micros();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    sightings.saw(record, now);
                }
                if (!records.isEmpty()) {
                    lastSeenNanos = System.nanoTime();
                }
            }
        } catch (WakeupException closing) {
            // Woken by close().
        } catch (RuntimeException broken) {
            failure = broken.getClass().getSimpleName();
        }
    }

    private static long micros() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
