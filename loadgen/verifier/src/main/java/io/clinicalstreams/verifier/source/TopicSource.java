package io.clinicalstreams.verifier.source;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A source that reads topics completely. */
public interface TopicSource {

    /**
     * Passes on every committed record of the topic after the mark, in order within each partition.
     *
     * @return where reading ended: later records were not passed on
     */
    Mark read(VerifiedTopic topic, Mark from, Consumer<ConsumerRecord<byte[], byte[]>> each);
}
