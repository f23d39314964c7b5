package io.clinicalstreams.topics.cluster;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * The topics that a cluster shows to a client, and those that it hides.
 *
 * @param state the visible topics; a topic that is neither here nor hidden does not exist
 * @param refused names of topics, by the operation not allowed on them, for example {@code describe configs}
 */
public record SeenTopics(ClusterState state, Map<String, Set<String>> refused) {

    public SeenTopics {
        Map<String, Set<String>> sorted = new TreeMap<>();
        refused.forEach((operation, topics) -> sorted.put(operation, new TreeSet<>(topics)));
        refused = Collections.unmodifiableMap(sorted);
    }

    /**
     * All requested topics.
     *
     * @throws TopicAuthorizationException if any is hidden
     */
    public ClusterState all() {
        if (!refused.isEmpty()) {
            throw refusal();
        }
        return state;
    }

    /**
     * The same, for a caller that needs only these topics.
     *
     * @throws TopicAuthorizationException if one of them is hidden
     */
    public ClusterState with(Collection<String> topics) {
        if (topics.stream().anyMatch(this::hides)) {
            throw refusal();
        }
        return state;
    }

    public boolean hides(String topic) {
        return refused.values().stream().anyMatch(topics -> topics.contains(topic));
    }

    /** Kafka's own exception names neither the topic nor the refused operation. */
    private TopicAuthorizationException refusal() {
        String what = refused.entrySet().stream()
                .map(each -> each.getKey() + " on " + String.join(", ", each.getValue()))
                .collect(Collectors.joining("; "));
        return new TopicAuthorizationException(
                "Topic authorization failed: " + what,
                refused.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }
}
