package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.cluster.ClusterState;
import java.util.List;
import java.util.Optional;

/**
 * Whether a cluster belongs to another environment. The marker that apply leaves tells; a cluster without one is judged
 * by the shape of its topics. Topic names can be the same in all environments, and the default one is for a laptop:
 * without this check, a forgotten {@code --environment} would shorten a hospital's retention.
 */
final class OtherEnvironment {

    private OtherEnvironment() {}

    static Optional<String> refusal(Catalogue catalogue, ClusterIdentity identity, ClusterState cluster) {
        return identity.refusal(catalogue)
                .or(() -> identity.isOf(catalogue.where())
                        ? Optional.empty()
                        : evidence(catalogue, identity.id(), cluster));
    }

    /**
     * More than half of the catalogue's topics exist with a different replication or number of partitions, or more than
     * half of the existing ones have a higher replication.
     */
    private static Optional<String> evidence(Catalogue catalogue, String id, ClusterState cluster) {
        List<Topic> present = catalogue.topics().stream()
                .filter(topic -> cluster.topic(topic.fullName()).isPresent())
                .toList();
        long others = present.stream().filter(topic -> differs(topic, cluster)).count();
        long more = present.stream()
                .filter(topic -> extraReplicas(topic, cluster) > 0)
                .count();
        boolean isAnother = 2 * others > catalogue.topics().size() || 2 * more > present.size();
        return !isAnother
                ? Optional.empty()
                : Optional.of(
                        "%d of %d existing topics do not have the replicas and partitions of environment '%s': this cluster (%s) looks like another environment's"
                                .formatted(others, present.size(), catalogue.environment(), id));
    }

    private static boolean differs(Topic topic, ClusterState cluster) {
        return extraReplicas(topic, cluster) != 0
                || cluster.topic(topic.fullName()).orElseThrow().partitions().size() != topic.partitions();
    }

    private static int extraReplicas(Topic topic, ClusterState cluster) {
        return cluster.topic(topic.fullName()).orElseThrow().replication() - topic.replication();
    }
}
