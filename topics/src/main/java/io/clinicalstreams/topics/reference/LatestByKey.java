package io.clinicalstreams.topics.reference;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Reads a compacted topic as a table: the latest value of each key, without keys removed by a tombstone. */
record LatestByKey(Consumer<byte[], byte[]> consumer) {

    /** A reference topic is read in well under a second; with no progress for this long, the cluster is unreachable. */
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     * @throws TimeoutException if the cluster does not answer
     */
    Map<String, byte[]> latest(String topic) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, byte[]> values = new HashMap<>();
        long silentSince = System.nanoTime();
        long progress = -1;
        while (!isAt(ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                keep(record.key(), record.value(), values);
            }
            long now = read(ends);
            if (now != progress) {
                progress = now;
                silentSince = System.nanoTime();
            } else if (System.nanoTime() - silentSince > WITHOUT_PROGRESS.toNanos()) {
                throw new TimeoutException("the topic " + topic + " cannot be read to its end");
            }
        }
        return values;
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("no partition of " + topic);
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** Compares positions, not records: the end may be a transaction marker. */
    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private long read(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().mapToLong(consumer::position).sum();
    }

    private static void keep(byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> values) {
        if (key == null) {
            return;
        }
        String name = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
    }
}
