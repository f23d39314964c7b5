package io.clinicalstreams.trial.explain;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what topics have now.
 *
 * @param client address and security of the cluster
 */
record PatientLog(Catalogue catalogue, Map<String, Object> client) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** With no progress for this long, the cluster does not answer. */
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(15);

    /**
     * The committed records that match, in the order of their timestamps.
     *
     * @param topics full names
     * @param partition -1 for all
     */
    List<ConsumerRecord<byte[], byte[]>> read(
            List<String> topics, int partition, Predicate<ConsumerRecord<byte[], byte[]>> which) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> present(consumer, topic).stream())
                    .filter(each -> partition < 0 || each.partition() == partition)
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long before = -1;
            long silentSince = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (which.test(record)) {
                        found.add(record);
                    }
                }
                long now = partitions.stream().mapToLong(consumer::position).sum();
                if (now != before) {
                    before = now;
                    silentSince = System.nanoTime();
                } else if (System.nanoTime() - silentSince > WITHOUT_PROGRESS.toNanos()) {
                    throw new TimeoutException("the topics " + topics + " cannot be read to their ends");
                }
            }
        }
        found.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
        return found;
    }

    int partitions(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return present(consumer, topic).size();
        }
    }

    private List<PartitionInfo> present(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new MissingTopicException(catalogue, List.of(topic), client);
        }
        return partitions;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
