package io.clinicalstreams.verifier.source;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics of a cluster from a mark to the end of committed records at the time of the call. It watches the
 * consumer's position, not the records, because a topic may end with transaction markers only.
 */
public final class TopicReader implements TopicSource {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    /** Of a poll: Kafka's client limits no bytes, and a record may inflate to tens of megabytes. */
    private static final int MOST_RECORDS = 10;

    private final Map<String, Object> clientConfig;
    private final Duration patience;
    private final Consumer<String> progress;

    /**
     * @param clientConfig connection and security settings
     * @param patience how long to wait for the next record or the end before giving up
     * @param progress gets a line every few seconds while a topic is read
     */
    public TopicReader(Map<String, Object> clientConfig, Duration patience, Consumer<String> progress) {
        this.clientConfig = Map.copyOf(clientConfig);
        this.patience = patience;
        this.progress = progress;
    }

    @Override
    public Mark read(VerifiedTopic topic, Mark from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, patience);
            requirePresent(from, starts, ends);
            for (TopicPartition partition : partitions) {
                consumer.seek(partition, Math.max(from.of(partition), starts.getOrDefault(partition, 0L)));
            }
            readTo(topic, ends, consumer, each);
            return new Mark(ends);
        }
    }

    @Override
    public Mark starts(VerifiedTopic topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            return new Mark(consumer.beginningOffsets(partitions(topic), patience));
        }
    }

    /** Without this check, expired records would count as lost. */
    private static void requirePresent(Mark from, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        String wrong = starts.keySet().stream()
                .filter(from.offsets()::containsKey)
                .sorted(Comparator.comparing(TopicPartition::toString))
                .map(partition -> {
                    long offset = from.of(partition);
                    if (starts.getOrDefault(partition, 0L) > offset) {
                        return partition + " begins at " + starts.get(partition) + ": records from " + offset
                                + " on have expired or were deleted";
                    }
                    return ends.getOrDefault(partition, 0L) < offset
                            ? partition + " ends at " + ends.get(partition) + ", before the start at " + offset
                                    + ": records were lost, or the topic was recreated"
                            : "";
                })
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; "));
        if (!wrong.isEmpty()) {
            throw new VerificationException("no verdict: " + wrong);
        }
    }

    private void readTo(
            VerifiedTopic topic,
            Map<TopicPartition, Long> ends,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long progressed = System.nanoTime();
        long reported = progressed;
        Map<TopicPartition, Long> positions = new HashMap<>();
        while (true) {
            boolean moved = false;
            long left = 0;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                long position = consumer.position(end.getKey(), patience);
                moved |= !Long.valueOf(position).equals(positions.put(end.getKey(), position));
                left += Math.max(0, end.getValue() - position);
            }
            if (left == 0) {
                return;
            }
            if (System.nanoTime() - reported > REPORT_EVERY.toNanos()) {
                progress.accept("Reading %s: %,d offsets left".formatted(topic.fullName(), left));
                reported = System.nanoTime();
            }
            if (moved) {
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > patience.toNanos()) {
                throw new VerificationException(stuck(ends, positions));
            }
            consumer.poll(POLL).forEach(record -> {
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    each.accept(record);
                }
            });
        }
    }

    private String stuck(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
        return ends.entrySet().stream()
                .filter(end -> positions.getOrDefault(end.getKey(), 0L) < end.getValue())
                .map(end -> end.getKey() + " is at " + positions.get(end.getKey()) + " of " + end.getValue())
                .sorted()
                .collect(Collectors.joining(", ", "no progress in reading for " + patience.toSeconds() + " s: ", ""));
    }

    public static List<TopicPartition> partitions(VerifiedTopic topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.fullName(), partition))
                .toList();
    }

    public KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        // Closing a consumer waits for the fetch in flight, in vain at a topic's end.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
