package io.clinicalstreams.topics.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Takes what a cluster answers about each of many topics. Refusals are gathered: the operator who mends them wants all.
 *
 * @param refused names of topics by operation; grows
 */
record TopicAnswers(Map<String, Set<String>> refused) {

    /**
     * The answers about topics that exist and are not hidden.
     *
     * @param operation what is asked, in words
     * @throws KafkaException when the cluster cannot be reached, or fails otherwise
     */
    <K, V> Map<K, V> of(Map<K, KafkaFuture<V>> answers, String operation, Function<K, String> topic) {
        Map<K, V> found = new HashMap<>();
        answers.forEach((key, answer) -> {
            try {
                found.put(key, ClusterAnswer.of(answer));
            } catch (UnknownTopicOrPartitionException absent) {
                // left out
            } catch (AuthorizationException hidden) {
                refused.computeIfAbsent(operation, each -> new TreeSet<>()).add(topic.apply(key));
            }
        });
        return found;
    }
}
