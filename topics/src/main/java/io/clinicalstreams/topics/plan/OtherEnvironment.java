package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterState;
import java.util.List;
import java.util.Optional;

/**
 * Whether a cluster looks like that of another environment: topics have the same names in several, the default one is for
 * a laptop, and who forgets to name the right one would shorten what a hospital keeps.
 */
public final class OtherEnvironment {

    private OtherEnvironment() {}

    /** Why it does, in words; it does when each of the catalogue's topics that are there has more copies than it should. */
    public static Optional<String> evidence(Catalogue catalogue, ClusterState cluster) {
        List<Topic> present = catalogue.topics().stream()
                .filter(topic -> cluster.topic(topic.fullName()).isPresent())
                .toList();
        boolean allHaveMore = present.stream()
                .allMatch(topic -> cluster.topic(topic.fullName()).orElseThrow().replication() > topic.replication());
        return present.isEmpty() || !allHaveMore
                ? Optional.empty()
                : Optional.of(
                        ("each of the %d topics that are there has more copies than environment '%s' wants, %d: is this"
                                        + " another environment's cluster? Name it with --environment")
                                .formatted(
                                        present.size(),
                                        catalogue.environment(),
                                        catalogue.where().replication()));
    }
}
