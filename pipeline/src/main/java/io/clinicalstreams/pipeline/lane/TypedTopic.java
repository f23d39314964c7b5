package io.clinicalstreams.pipeline.lane;

import io.clinicalstreams.topics.Topic;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** A topic of the catalogue with the types of its keys and values: the only place where a name meets a serde. */
record TypedTopic<K, V>(Topic topic, Serde<K> keys, Serde<V> values) {

    String name() {
        return topic.fullName();
    }

    /**
     * How a lane reads the topic. Without a committed offset, or if the offset is out of range, the lane stops instead
     * of resetting: unprocessed input must not be skipped silently.
     *
     * @param node the source node's name in the topology
     */
    Consumed<K, V> consumedAs(String node) {
        return Consumed.with(keys, values).withName(node).withOffsetResetPolicy(AutoOffsetReset.none());
    }

    /** @param node the sink node's name in the topology */
    Produced<K, V> producedAs(String node) {
        return Produced.with(keys, values).withName(node);
    }
}
