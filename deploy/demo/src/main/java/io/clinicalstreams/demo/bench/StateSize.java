package io.clinicalstreams.demo.bench;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The size of the changelog that a run of the alerting lane wrote.
 *
 * @param puts number of records
 * @param bytes total size of their values
 */
record StateSize(long puts, long bytes) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Reads the changelogs of this run's lane to their end. */
    static StateSize of(Catalogue catalogue, String lane, BenchCluster cluster) {
        Map<String, Object> settings = cluster.client(
                catalogue.topic(TopicNames.RESOURCE_RECEIVED).consumer().plain());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        Deserializer<Integer> length = (topic, bytes) -> bytes == null ? 0 : bytes.length;
        try (Consumer<Integer, Integer> consumer = new KafkaConsumer<>(settings, length, length)) {
            List<TopicPartition> partitions = catalogue.lane(lane).internalTopics().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return readTo(ends, consumer);
        }
    }

    private static StateSize readTo(Map<TopicPartition, Long> ends, Consumer<Integer, Integer> consumer) {
        long puts = 0;
        long bytes = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<Integer, Integer> put : consumer.poll(POLL)) {
                puts++;
                bytes += put.value();
            }
        }
        return new StateSize(puts, bytes);
    }

    /** The average value size, rounded; at least one byte, because an empty value would count as a tombstone. */
    int bytesPerPut() {
        return puts == 0 ? 1 : Math.max(1, (int) Math.round((double) bytes / puts));
    }
}
