package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The inputs of a range and their outputs, so that a system can be judged while it keeps running.
 *
 * @param from where the range starts in the input topics
 * @param processed up to where inputs were processed when reading of outputs started: outputs of the inputs from here
 *     to {@code from} were in flight and are left out. An output of an earlier input is a duplicate and is kept.
 * @param to where the range ends in the input topics
 */
public record RangeSource(@Override TopicSource all, VerifiedTopics topics, Mark from, Mark processed, Mark to)
        implements TopicSource {

    @Override
    public Mark read(VerifiedTopic topic, Mark start, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        boolean isReceived = topic.equals(topics.received());
        boolean isInput = isReceived || topic.equals(topics.rekeyed());
        return all.read(topic, start, record -> {
            Coordinates origin = isReceived ? null : new ClinicalHeaders(record.headers()).origin();
            if (origin == null && isInput) {
                origin = Coordinates.ofRecord(record.topic(), record.partition(), record.offset());
            }
            if (origin == null || isInRange(origin)) {
                each.accept(record);
            }
        });
    }

    private boolean isInRange(Coordinates origin) {
        TopicPartition partition = new TopicPartition(origin.topic(), origin.partition());
        boolean underWay = origin.offset() < from.of(partition) && origin.offset() >= processed.of(partition);
        boolean later = to.offsets().containsKey(partition) && origin.offset() >= to.of(partition);
        return !underWay && !later;
    }
}
