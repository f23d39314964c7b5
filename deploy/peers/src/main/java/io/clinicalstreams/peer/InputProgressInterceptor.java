package io.clinicalstreams.peer;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reports the record count of each poll of a topology's consumer to an {@link InputProgress}, before processing. It
 * counts per poll, not per record, so its cost is negligible. Public because Kafka instantiates it.
 */
public final class InputProgressInterceptor implements ConsumerInterceptor<Object, Object> {

    /** The consumer setting that holds the progress. */
    static final String PROGRESS = "clinical-streams.bench.progress";

    private @Nullable InputProgress progress;

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(PROGRESS) instanceof InputProgress given) {
            progress = given;
        }
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        if (progress != null) {
            progress.took(records.count());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Under exactly-once the producer commits the offsets.
    }

    @Override
    public void close() {}
}
