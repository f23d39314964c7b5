package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Merge;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the input record by record, from both source topics, so that it is read once for all checks. */
public interface InputListener {

    /**
     * An input, from the received topic, or from the re-keyed topic if another sender wrote it.
     *
     * @param expected what should become of each of its resources
     * @param facts those in it that alerts depend on
     */
    void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> facts);

    /**
     * A resource that the recording lane re-keyed. It comes after all records of the received topic.
     *
     * @param origin of the resource
     */
    void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin);

    /** What a duplicate forwarded to the Patient that replaces it. It comes after all records of the received topic. */
    default void forwarded(ConsumerRecord<byte[], byte[]> record, Merge what, Coordinates origin) {}
}
