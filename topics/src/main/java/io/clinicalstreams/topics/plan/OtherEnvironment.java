package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterState;
import java.util.List;
import java.util.Optional;

/**
 * Whether a cluster looks like another environment's. Topic names can be the same in all environments, and the default
 * one is for a laptop: without this check, a forgotten {@code --environment} would shorten a hospital's retention.
 */
public final class OtherEnvironment {

    private OtherEnvironment() {}

    /**
     * The evidence: more than half of the catalogue's topics exist with a different replication, or all existing ones
     * have a higher one.
     */
    public static Optional<String> evidence(Catalogue catalogue, ClusterState cluster) {
        List<Topic> present = catalogue.topics().stream()
                .filter(topic -> cluster.topic(topic.fullName()).isPresent())
                .toList();
        long others = present.stream()
                .filter(topic -> extraReplicas(topic, cluster) != 0)
                .count();
        long more = present.stream()
                .filter(topic -> extraReplicas(topic, cluster) > 0)
                .count();
        boolean isAnother = 2 * others > catalogue.topics().size() || (more > 0 && more == present.size());
        return !isAnother
                ? Optional.empty()
                : Optional.of(
                        ("%d of %d existing topics do not have the %d replicas of environment '%s': is this another"
                                        + " environment's cluster? Name it with --environment")
                                .formatted(
                                        others,
                                        present.size(),
                                        catalogue.where().replication(),
                                        catalogue.environment()));
    }

    private static int extraReplicas(Topic topic, ClusterState cluster) {
        return cluster.topic(topic.fullName()).orElseThrow().replication() - topic.replication();
    }
}
