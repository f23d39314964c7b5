package io.clinicalstreams.pipeline.input;

import io.clinicalstreams.pipeline.ledger.InputLedger;
import java.time.Duration;
import java.util.Collection;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The main consumer of a stream thread. Kafka Streams limits its buffers by records; this consumer limits them by bytes:
 * when the thread holds as much as it may, only partitions of which it holds nothing are read, one record at a time,
 * because a task may wait for them. It also notes each offset at which reading begins.
 */
final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    /**
     * What a lane's consumers share.
     *
     * @param bytes that one thread may hold
     * @param isPaused whether the lane buffers input without processing it
     */
    record Lane(InputLedger ledger, InputBuffer buffer, InputAttempts attempts, long bytes, BooleanSupplier isPaused) {}

    private final Lane lane;
    private final PollBudget budget;

    /** The next offset of each partition that is being read. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    private boolean isRebalanced;

    BoundedConsumer(Map<String, Object> settings, Lane lane) {
        this(settings, lane, new PollBudget());
    }

    private BoundedConsumer(Map<String, Object> settings, Lane lane, PollBudget budget) {
        super(settings, new ByteArrayDeserializer(), budget);
        this.lane = lane;
        this.budget = budget;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Noting(listener));
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
        next.remove(partition);
        lane.buffer.dropped(partition);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        begin();
        Set<TopicPartition> running = new HashSet<>(assignment());
        running.removeAll(paused());
        long left =
                lane.bytes - assignment().stream().mapToLong(lane.buffer::held).sum();
        running.removeIf(partition -> left > 0 || lane.buffer.held(partition) == 0);
        budget.open(left);
        isRebalanced = false;
        pause(running);
        try {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            note(records);
            return records;
        } finally {
            // After a rebalance, Kafka Streams itself resumes partitions when their tasks run.
            if (!isRebalanced) {
                resume(running);
            }
        }
    }

    /** Kafka Streams pauses new partitions until their tasks have been restored, so no input has been read yet. */
    private void begin() {
        Set<TopicPartition> starting = new HashSet<>(assignment());
        starting.removeAll(next.keySet());
        starting.removeAll(paused());
        if (starting.isEmpty() || lane.isPaused.getAsBoolean()) {
            return;
        }
        Map<TopicPartition, Long> positions = new HashMap<>();
        try {
            Map<TopicPartition, Long> ends = endOffsets(starting, ANSWER);
            for (TopicPartition partition : starting) {
                positions.put(partition, position(partition, ANSWER));
            }
            Map<TopicPartition, Long> waiting = new HashMap<>(positions);
            waiting.entrySet().removeIf(each -> ends.getOrDefault(each.getKey(), 0L) <= each.getValue());
            lane.attempts.begin(waiting);
        } catch (TimeoutException unanswered) {
            return;
        }
        next.putAll(positions);
    }

    private void note(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Long> again = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
            long first = read.get(0).offset();
            if (first < next.getOrDefault(partition, 0L)) {
                lane.buffer.dropped(partition);
                again.put(partition, first);
            }
            next.put(partition, read.get(read.size() - 1).offset() + 1);
            lane.buffer.handedOut(
                    partition,
                    read.stream()
                            .mapToLong(record -> InputBuffer.size(record.key(), record.value()))
                            .sum());
        }
        lane.attempts.begin(again);
    }

    private void forget(Collection<TopicPartition> partitions) {
        isRebalanced = true;
        partitions.forEach(this::restart);
    }

    /** Passes every rebalance on to Kafka Streams' listener. */
    private final class Noting implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener listener;

        Noting(ConsumerRebalanceListener listener) {
            this.listener = listener;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            forget(partitions);
            listener.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            listener.onPartitionsRevoked(partitions);
            forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            listener.onPartitionsLost(partitions);
            forget(partitions);
        }
    }
}
