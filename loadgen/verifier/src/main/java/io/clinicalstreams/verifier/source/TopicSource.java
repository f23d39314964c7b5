package io.clinicalstreams.verifier.source;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Something that topics can be read from, completely. */
public interface TopicSource {

    /**
     * Gives every committed record of the topic behind the mark, in the order of each partition.
     *
     * @return where reading ended: what came later was not given
     */
    Mark read(VerifiedTopic topic, Mark from, Consumer<ConsumerRecord<byte[], byte[]>> each);
}
