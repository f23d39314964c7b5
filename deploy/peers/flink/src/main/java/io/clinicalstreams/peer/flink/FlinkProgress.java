package io.clinicalstreams.peer.flink;

import io.clinicalstreams.peer.InputProgress;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reports each poll of Flink's consumers. The progress is static because Flink serializes a consumer's settings; a process
 * has one job at a time. Public because Kafka instantiates it.
 */
public final class FlinkProgress implements ConsumerInterceptor<Object, Object> {

    private static volatile @Nullable InputProgress progress;

    /** All polls from now on are of this run. */
    static void reportTo(InputProgress run) {
        progress = run;
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        InputProgress run = progress;
        if (run != null) {
            run.took(records.count());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // A commit follows its checkpoint.
    }

    @Override
    public void close() {}
}
