package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster this is, and whose. {@code topics apply} marks a cluster with an empty topic that is named after the
 * environment. A topic, because Kafka stores nothing else under a free name that does not expire and that every client
 * with the right to describe it can see without reading records.
 *
 * @param id Kafka's cluster id
 * @param topics names of all topics that the client may describe
 * @param unknown why the client cannot tell whether the environment's marker is there; empty if it can
 */
public record ClusterIdentity(String id, Set<String> topics, String unknown) {

    private static final String MARKER = "clinical-streams.environment.";

    public ClusterIdentity {
        topics = Set.copyOf(topics);
    }

    /** @throws KafkaException if the cluster cannot be reached */
    public static ClusterIdentity of(Admin admin, Environment where) {
        String id = ClusterAnswer.of(admin.describeCluster().clusterId());
        Set<String> topics = ClusterAnswer.of(admin.listTopics().names());
        return new ClusterIdentity(id, topics, topics.contains(marker(where)) ? "" : unknown(admin, marker(where)));
    }

    /** A list of all topics leaves out those that the client may not describe. */
    private static String unknown(Admin admin, String marker) {
        Collection<KafkaFuture<TopicDescription>> answer =
                admin.describeTopics(List.of(marker)).topicNameValues().values();
        return answer.stream()
                .flatMap(each -> ClusterAnswer.refusal(each).stream())
                .filter(AuthorizationException.class::isInstance)
                .map(refused ->
                        "not allowed to read: " + ClusterAnswer.inWords(refused) + " (describe on " + marker + ')')
                .findFirst()
                .orElse("");
    }

    /** Beginning of the names of the markers of all environments with this one's name prefix. */
    public static String markersLike(Environment where) {
        return where.namePrefix() + MARKER;
    }

    public static String marker(Environment where) {
        return markersLike(where) + where.name();
    }

    static boolean isMarker(String topic) {
        return topic.contains(MARKER);
    }

    /** Whether this is known to be the environment's cluster, by its id or its marker. */
    public boolean isOf(Environment where) {
        return id.equals(where.clusterId()) || topics.contains(marker(where));
    }

    /** Whether the name is the cluster's id, or an environment that the cluster belongs to. */
    public boolean isCalled(@Nullable String name) {
        return name != null && (id.equals(name) || owners().contains(name));
    }

    /**
     * Why the environment must not be used with this cluster: its file names another cluster; another environment with
     * the same topic names owns it; or others own it, and it has neither topics there nor a name prefix, which is for
     * sharing a cluster. Empty if it may be used, or if the cluster has no marker.
     */
    public Optional<String> refusal(Catalogue catalogue) {
        Environment where = catalogue.where();
        if (where.clusterId() != null && !where.clusterId().equals(id)) {
            return Optional.of("this is cluster %s, but environments/%s.yaml has cluster-id %s"
                    .formatted(id, where.name(), where.clusterId()));
        }
        boolean hasTopics = catalogue.topics().stream().map(Topic::fullName).anyMatch(topics::contains);
        boolean mayShare = !isTaken(where) && (hasTopics || !where.namePrefix().isEmpty());
        return isOf(where) || owners().isEmpty() || mayShare
                ? Optional.empty()
                : Optional.of("this cluster (%s) belongs to environment %s, not to %s"
                        .formatted(id, String.join(" and ", owners()), where.name()));
    }

    /**
     * Marks the cluster as this environment's, unless another environment with the same topic names owns it.
     *
     * @return the marker's name; empty if there was nothing to do
     * @throws KafkaException if the cluster refuses
     */
    public Optional<String> mark(Environment where, Admin admin) {
        if (topics.contains(marker(where)) || isTaken(where)) {
            return Optional.empty();
        }
        NewTopic marker = new NewTopic(marker(where), 1, where.replication())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            Object unused = ClusterAnswer.of(admin.createTopics(Set.of(marker)).all());
        } catch (TopicExistsException another) {
            return Optional.empty();
        }
        return Optional.of(marker.name());
    }

    /**
     * The cluster's topics that have a domain of the catalogue but are not in it. A topic's domain is its name up to the
     * first dot. Internal topics of the catalogue's lanes and markers of environments do not count.
     *
     * @return their names, sorted, without topics that the caller may not see
     */
    public List<String> unmanaged(Catalogue catalogue) {
        Set<String> managed = catalogue.topics().stream().map(Topic::fullName).collect(Collectors.toSet());
        Set<String> domains = managed.stream()
                .map(ClusterIdentity::domain)
                .filter(domain -> !domain.isEmpty())
                .collect(Collectors.toSet());
        return topics.stream()
                .filter(name -> domains.contains(domain(name)) && !managed.contains(name))
                .filter(name -> !isMarker(name))
                .filter(name ->
                        catalogue.lanes().stream().noneMatch(lane -> name.startsWith(lane.applicationId() + "-")))
                .sorted()
                .toList();
    }

    private static String domain(String topic) {
        return topic.substring(0, topic.indexOf('.') + 1);
    }

    private boolean isTaken(Environment where) {
        return topics.stream().anyMatch(topic -> topic.startsWith(markersLike(where)) && !topic.equals(marker(where)));
    }

    private Set<String> owners() {
        return topics.stream()
                .filter(ClusterIdentity::isMarker)
                .map(topic -> topic.substring(topic.indexOf(MARKER) + MARKER.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
