package io.clinicalstreams.topics.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked about of a cluster, as it was at one time.
 *
 * @param brokers how many are registered, also those that are down at the moment
 * @param unknownSettings names of topic settings that its version of Kafka does not know
 * @param topics those of the asked that exist, by name
 */
public record ClusterState(int brokers, Set<String> unknownSettings, Map<String, ActualTopic> topics) {

    public ClusterState {
        unknownSettings = Set.copyOf(unknownSettings);
        topics = Map.copyOf(topics);
    }

    /** This, and what was asked about besides. */
    public ClusterState and(ClusterState more) {
        Map<String, ActualTopic> all = new HashMap<>(topics);
        all.putAll(more.topics);
        return new ClusterState(brokers, unknownSettings, all);
    }

    public Optional<ActualTopic> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }
}
