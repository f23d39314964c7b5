package io.clinicalstreams.pipeline.input;

import io.clinicalstreams.pipeline.ledger.InputLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The main consumer of a stream thread. Kafka Streams limits its buffers by records; this consumer limits them by bytes:
 * when the thread holds as much as it may, only partitions of which it holds nothing are read, one record at a time,
 * because a task may wait for them. It also notes each offset at which reading begins.
 */
final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {

    /** For all partitions before one poll. Far less than a transaction's timeout. */
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(500);

    /** For brokers that answered nothing in less. */
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(2);

    /**
     * What a lane's consumers share.
     *
     * @param bytes that one thread may hold
     * @param isPaused whether the lane buffers input without processing it
     */
    record Lane(InputLedger ledger, InputBuffer buffer, InputAttempts attempts, long bytes, BooleanSupplier isPaused) {}

    private final Lane lane;
    private final PollBudget budget;
    private final PartitionReads reads;

    private Duration patience = LEAST_PATIENCE;

    /** Partitions that rest during a poll. */
    private final Set<TopicPartition> resting = new HashSet<>();

    BoundedConsumer(Map<String, Object> settings, Lane lane) {
        this(settings, lane, new PollBudget());
    }

    private BoundedConsumer(Map<String, Object> settings, Lane lane, PollBudget budget) {
        super(settings, budget, budget);
        this.lane = lane;
        this.budget = budget;
        this.reads = new PartitionReads(lane.attempts);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, noting(listener));
    }

    /** Kafka Streams asks this when a task starts. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = super.committed(partitions);
        lane.ledger.begin(committed);
        return committed;
    }

    /** Kafka Streams seeks after it dropped the buffer of a task that it revives. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        restart(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        restart(partition);
        super.seek(partition, offset);
    }

    private void restart(TopicPartition partition) {
        reads.restart(partition);
        lane.buffer.dropped(partition);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Set<TopicPartition> unanswered = begin();
        long left =
                lane.bytes - assignment().stream().mapToLong(lane.buffer::held).sum();
        resting.addAll(running());
        resting.removeIf(
                partition -> !unanswered.contains(partition) && (left > 0 || lane.buffer.held(partition) == 0));
        budget.open(left);
        pause(resting);
        try {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            note(records);
            return records;
        } finally {
            resting.retainAll(assignment());
            resume(resting);
            resting.clear();
        }
    }

    private Set<TopicPartition> running() {
        Set<TopicPartition> running = new HashSet<>(assignment());
        running.removeAll(paused());
        return running;
    }

    /**
     * Kafka Streams pauses new partitions until their tasks have been restored, so no input has been read yet.
     *
     * @return partitions of which the brokers have not told enough: to be asked again before the next poll
     */
    private Set<TopicPartition> begin() {
        if (lane.isPaused.getAsBoolean()) {
            return Set.of();
        }
        Set<TopicPartition> starting = reads.notBegun(running());
        if (starting.isEmpty()) {
            return starting;
        }
        Map<TopicPartition, Long> positions = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        // A partition without a leader must not keep the same others waiting each time.
        List<TopicPartition> inAnyOrder = new ArrayList<>(starting);
        Collections.shuffle(inAnyOrder);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (TopicPartition partition : inAnyOrder) {
                ends.putAll(endOffsets(Set.of(partition), until(deadline)));
                positions.put(partition, position(partition, until(deadline)));
            }
        } catch (TimeoutException unanswered) {
            // The others are asked before the next poll.
        }
        Duration longer = patience.multipliedBy(2);
        if (!positions.isEmpty()) {
            patience = LEAST_PATIENCE;
        } else if (longer.compareTo(MOST_PATIENCE) <= 0) {
            patience = longer;
        }
        reads.begin(positions, ends);
        starting.removeAll(positions.keySet());
        return starting;
    }

    private static Duration until(long deadline) {
        return Duration.ofMillis(
                Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
    }

    private void note(ConsumerRecords<byte[], byte[]> records) {
        reads.read(records).forEach(lane.buffer::dropped);
        for (TopicPartition partition : records.partitions()) {
            long bytes = 0;
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                bytes += InputBuffer.size(record.key(), record.value(), record.headers());
            }
            lane.buffer.handedOut(partition, bytes);
        }
    }

    /** Kafka Streams itself resumes these partitions when their tasks run. */
    private void forget(Collection<TopicPartition> partitions) {
        resting.removeAll(partitions);
        partitions.forEach(this::restart);
    }

    /** Passes every rebalance on to Kafka Streams' listener. */
    ConsumerRebalanceListener noting(ConsumerRebalanceListener listener) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                forget(partitions);
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                try {
                    listener.onPartitionsRevoked(partitions);
                } finally {
                    forget(partitions);
                }
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                try {
                    listener.onPartitionsLost(partitions);
                } finally {
                    forget(partitions);
                }
            }
        };
    }
}
