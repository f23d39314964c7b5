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
 * What a cluster shows of topics, and what it hides from the one who asks.
 *
 * @param state of the topics that were shown; one that is neither there nor hidden does not exist
 * @param refused names of topics, by the operation that is not allowed on them, for example {@code describe configs}
 */
public record SeenTopics(ClusterState state, Map<String, Set<String>> refused) {

    public SeenTopics {
        Map<String, Set<String>> sorted = new TreeMap<>();
        refused.forEach((operation, topics) -> sorted.put(operation, new TreeSet<>(topics)));
        refused = Collections.unmodifiableMap(sorted);
    }

    /**
     * Every topic that was asked about.
     *
     * @throws TopicAuthorizationException when some are hidden
     */
    public ClusterState all() {
        if (!refused.isEmpty()) {
            throw refusal();
        }
        return state;
    }

    /**
     * The same, for a caller that needs these topics only.
     *
     * @throws TopicAuthorizationException when one of them is hidden
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

    /** Kafka's own names no topic, nor what was not allowed on it. */
    private TopicAuthorizationException refusal() {
        String what = refused.entrySet().stream()
                .map(each -> each.getKey() + " on " + String.join(", ", each.getValue()))
                .collect(Collectors.joining("; "));
        return new TopicAuthorizationException(
                "Topic authorization failed: " + what,
                refused.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }
}
