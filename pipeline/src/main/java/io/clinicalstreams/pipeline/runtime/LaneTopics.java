package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of a lane, held against what its environment says before it starts. A lane of another environment would read
 * and write these topics all the same, but keep its state in changelogs of too few replicas; and more or fewer partitions
 * of an input split a patient's state.
 */
record LaneTopics(Catalogue catalogue, Lane lane) {

    /** Kafka's reassignment tool sets it while it moves replicas; a partition has more of them meanwhile. */
    private static final String REASSIGNED = "follower.replication.throttled.replicas";

    private static final int SHOWN = 8;

    /** What the lane reads and writes, and the changelogs of its stores. */
    List<String> names() {
        return Stream.concat(lane.topics().stream().map(Topic::fullName), lane.internalTopics().stream())
                .toList();
    }

    /** How many partitions the sources have. */
    int partitions() {
        return lane.sources().get(0).partitions();
    }

    /** @throws StartupException when a topic is missing, or its partitions, replication or min ISR are others */
    void demand(ClusterState cluster) {
        String missing = lane.topics().stream()
                .map(Topic::fullName)
                .filter(name -> cluster.topic(name).isEmpty())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new StartupException("topics are missing: " + missing + "; create them with 'topics apply -e "
                    + catalogue.environment() + "'");
        }
        List<String> differences = new ArrayList<>();
        for (Topic topic : lane.topics()) {
            compare(cluster.topic(topic.fullName()).orElseThrow(), topic.partitions(), differences);
        }
        lane.internalTopics().stream()
                .flatMap(name -> cluster.topic(name).stream())
                .forEach(changelog -> compare(changelog, partitions(), differences));
        if (!differences.isEmpty()) {
            throw new StartupException(
                    "lane " + lane.name() + " does not start: the topics are not those of environment "
                            + catalogue.environment() + ". "
                            + differences.stream().limit(SHOWN).collect(Collectors.joining("; "))
                            + (differences.size() > SHOWN ? "; and " + (differences.size() - SHOWN) + " more" : "")
                            + ". Name the right one with --environment; 'topics plan -e " + catalogue.environment()
                            + "' shows all differences");
        }
    }

    private void compare(ActualTopic actual, int partitions, List<String> differences) {
        int replication = catalogue.where().replication();
        boolean isReassigned = !actual.value(REASSIGNED).isEmpty() && actual.replication() > replication;
        compare(actual, "partitions", actual.partitions().size(), partitions, differences);
        compare(actual, "replication", isReassigned ? replication : actual.replication(), replication, differences);
        compare(
                actual,
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.parseInt(actual.value(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)),
                catalogue.where().minInsyncReplicas(),
                differences);
    }

    private static void compare(ActualTopic topic, String what, int found, int wanted, List<String> differences) {
        if (found != wanted) {
            differences.add("%s: %s is %d, must be %d".formatted(topic.name(), what, found, wanted));
        }
    }
}
