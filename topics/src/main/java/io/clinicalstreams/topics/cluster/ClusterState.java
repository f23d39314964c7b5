package io.clinicalstreams.topics.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked about of a cluster, as it was at one time.
 *
 * @param brokers how many are registered, also those that are down at the moment
 * @param metadataVersion the highest level of {@code metadata.version} that its brokers support, which tells their version
 * @param topics those of the asked that exist, by name
 */
public record ClusterState(int brokers, int metadataVersion, Map<String, ActualTopic> topics) {

    public ClusterState {
        topics = Map.copyOf(topics);
    }

    /** This, and what was asked about besides. */
    public ClusterState and(ClusterState more) {
        Map<String, ActualTopic> all = new HashMap<>(topics);
        all.putAll(more.topics);
        return new ClusterState(brokers, metadataVersion, all);
    }

    public Optional<ActualTopic> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }
}
