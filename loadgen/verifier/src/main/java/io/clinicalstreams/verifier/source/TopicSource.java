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

    /** The same topics with all their records, also those that are not judged. */
    default TopicSource all() {
        return this;
    }

    /** The offset of each partition's first record; earlier ones have expired or were deleted. */
    default Mark starts(VerifiedTopic topic) {
        return Mark.BEGINNING;
    }
}
