package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.input.MemoryPlan;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Checks the topics of a lane against its environment before it starts. A lane with the wrong environment could read
 * and write these topics, but its changelogs would have too few replicas; and a different number of input partitions
 * splits a patient's state.
 */
record LaneTopics(Catalogue catalogue, Lane lane) {

    /** Set by Kafka's reassignment tool while it moves replicas; meanwhile a partition has more replicas. */
    private static final String REASSIGNED = "follower.replication.throttled.replicas";

    private static final int SHOWN = 8;

    /** The topics that the lane reads and writes, and its stores' changelogs. */
    List<String> names() {
        return Stream.concat(lane.topics().stream().map(Topic::fullName), lane.internalTopics().stream())
                .toList();
    }

    /** The number of partitions of the sources. */
    int partitions() {
        return lane.sources().get(0).partitions();
    }

    /**
     * @param client settings with the cluster's address
     * @throws StartupException if a topic is missing or has the wrong partitions, replication or min ISR, or is too small for the
     *     lane's records
     */
    void demand(ClusterState cluster, Map<String, ?> client) {
        List<String> missing = lane.topics().stream()
                .map(Topic::fullName)
                .filter(name -> cluster.topic(name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new StartupException(
                    String.valueOf(new MissingTopicException(catalogue, missing, client).getMessage()));
        }
        List<String> differences = new ArrayList<>();
        for (Topic topic : lane.topics()) {
            compare(cluster.topic(topic.fullName()).orElseThrow(), topic.partitions(), differences);
        }
        lane.sinks().forEach(sink -> compareSize(cluster.topic(sink.fullName()).orElseThrow(), sink, differences));
        lane.internalTopics().stream()
                .flatMap(name -> cluster.topic(name).stream())
                .forEach(changelog -> compare(changelog, partitions(), differences));
        if (!differences.isEmpty()) {
            throw new StartupException("lane " + lane.name() + " does not start: the topics do not match environment "
                    + catalogue.environment() + ". "
                    + differences.stream().limit(SHOWN).collect(Collectors.joining("; "))
                    + (differences.size() > SHOWN ? "; and " + (differences.size() - SHOWN) + " more" : "")
                    + ". Select the right one with --environment; 'topics plan -e " + catalogue.environment()
                    + "' shows all differences");
        }
    }

    /** A record that the topic refuses would stop the lane at every restart. */
    private void compareSize(ActualTopic actual, Topic sink, List<String> differences) {
        String most = actual.value(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        int largest = catalogue.largestRecord(lane, sink);
        if (!most.isEmpty() && Long.parseLong(most) < largest) {
            differences.add("%s: %s is %s, must be at least %d"
                    .formatted(actual.name(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, most, largest));
        }
    }

    /** The sources whose records may inflate more than the catalogue allows. */
    List<String> unlimited(ClusterState cluster) {
        SettingDefinitions definitions = new SettingDefinitions();
        return lane.sources().stream()
                .filter(source -> {
                    String wanted = definitions
                            .inEffect(source.settings(), Section.TOPIC, MemoryPlan.INFLATED)
                            .orElseThrow();
                    String found =
                            cluster.topic(source.fullName()).orElseThrow().value(MemoryPlan.INFLATED);
                    return found.isEmpty() || Long.parseLong(found) > Long.parseLong(wanted);
                })
                .map(Topic::fullName)
                .toList();
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
