package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicClients;
import io.clinicalstreams.topics.cluster.ClusterState;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every difference between a catalogue and a cluster, in the catalogue's order. Topics outside the catalogue are never
 * included.
 */
public record TopicPlan(List<Change> changes) {

    public TopicPlan {
        changes = List.copyOf(changes);
    }

    public static TopicPlan between(Catalogue catalogue, ClusterState actual) {
        return new TopicPlan(catalogue.topics().stream()
                .flatMap(topic -> compare(catalogue, topic, actual))
                .toList());
    }

    private static Stream<Change> compare(Catalogue catalogue, Topic topic, ClusterState actual) {
        TopicComparison comparison = new TopicComparison(
                topic,
                new TopicClients(catalogue, topic)
                        .readers().stream().map(Lane::name).toList());
        return actual.topic(topic.fullName())
                .map(found -> comparison.with(found).stream())
                .orElseGet(() -> comparison.missing(actual).stream());
    }

    /** True if the cluster matches the catalogue. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes that may be made: safe ones, and disruptive ones if they are allowed. */
    public TopicPlan permitted(boolean allowDisruptive) {
        return new TopicPlan(changes.stream()
                .filter(change ->
                        change.effect() == Effect.SAFE || (allowDisruptive && change.effect() == Effect.DISRUPTIVE))
                .toList());
    }

    /** The changes that may not be made. */
    List<Change> left(boolean allowDisruptive) {
        List<Change> permitted = permitted(allowDisruptive).changes;
        return changes.stream().filter(change -> !permitted.contains(change)).toList();
    }

    public List<Change> with(Effect effect) {
        return changes.stream().filter(change -> change.effect() == effect).toList();
    }

    /** Only the creations of topics. */
    public TopicPlan creations() {
        return new TopicPlan(changes.stream()
                .filter(change -> change.action() == Change.Action.CREATE)
                .toList());
    }
}
