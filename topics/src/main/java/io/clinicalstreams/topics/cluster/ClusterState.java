package io.clinicalstreams.topics.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The requested part of a cluster's state at one time.
 *
 * @param brokers number of registered brokers, including those that are down
 * @param metadataVersion the highest level of {@code metadata.version} that its brokers support; shows their version
 * @param topics requested topics that exist, by name
 */
public record ClusterState(int brokers, int metadataVersion, Map<String, ActualTopic> topics) {

    public ClusterState {
        topics = Map.copyOf(topics);
    }

    /** This state plus another. */
    public ClusterState and(ClusterState more) {
        Map<String, ActualTopic> all = new HashMap<>(topics);
        all.putAll(more.topics);
        return new ClusterState(brokers, metadataVersion, all);
    }

    public Optional<ActualTopic> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }
}
