package io.clinicalstreams.pipeline.input;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one consumer has read its partitions. Beginning at an offset is an attempt if input waits there. It counts
 * before anything is read, because reading alone can end the process, and no longer when all that waited was aborted
 * records: Kafka Streams commits no offset beyond them, so each start begins before them again.
 */
final class PartitionReads {

    private final InputAttempts attempts;

    /** The next offset of each partition that is being read. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /** Partitions with an attempt from which no record has come yet. */
    private final Set<TopicPartition> unread = new HashSet<>();

    PartitionReads(InputAttempts attempts) {
        this.attempts = attempts;
    }

    /** Those whose position and end must be known before they are read. */
    Set<TopicPartition> notBegun(Set<TopicPartition> partitions) {
        Set<TopicPartition> notBegun = new HashSet<>(partitions);
        notBegun.removeAll(next.keySet());
        return notBegun;
    }

    /**
     * Reading begins, or continues after aborted records.
     *
     * @param ends of what can be read of these partitions
     * @throws RepeatedAbortException if it has begun at one of these positions often enough
     */
    void begin(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> attempted = new HashMap<>();
        Set<TopicPartition> passed = new HashSet<>();
        positions.forEach((partition, position) -> {
            boolean isWaiting = ends.getOrDefault(partition, 0L) > position;
            if (isWaiting && !unread.contains(partition)) {
                attempted.put(partition, position);
            } else if (!isWaiting && unread.contains(partition)) {
                passed.add(partition);
            }
        });
        attempts.forget(passed);
        unread.removeAll(passed);
        attempts.begin(attempted);
        unread.addAll(attempted.keySet());
        next.putAll(positions);
    }

    /**
     * These records were read.
     *
     * @return partitions that are read again from an earlier offset
     * @throws RepeatedAbortException if that has happened often enough
     */
    Set<TopicPartition> read(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Long> again = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
            long first = read.get(0).offset();
            if (first < next.getOrDefault(partition, 0L)) {
                again.put(partition, first);
            }
            next.put(partition, read.get(read.size() - 1).offset() + 1);
            unread.remove(partition);
        }
        for (TopicPartition partition : records.nextOffsets().keySet()) {
            if (unread.contains(partition)) {
                next.remove(partition);
            }
        }
        attempts.begin(again);
        return again.keySet();
    }

    /** The partition will be read from another offset, or by another consumer. */
    void restart(TopicPartition partition) {
        next.remove(partition);
        unread.remove(partition);
    }
}
