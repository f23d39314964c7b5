package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.plan.ActualPartition;
import io.clinicalstreams.topics.plan.ActualTopic;
import io.clinicalstreams.topics.plan.Change;
import io.clinicalstreams.topics.plan.ClusterState;
import io.clinicalstreams.topics.plan.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.config.TopicConfig;

/** Whether the catalogue's topics are there and as they should be. */
record TopicDriftChecks(Catalogue catalogue, ClusterState state) {

    private static final String TOPIC = "topic";
    private static final String PARTITIONS = "partitions";
    private static final String REPLICATION = "replication";
    private static final Set<String> NO_SETTINGS = Set.of(TOPIC, PARTITIONS, REPLICATION);

    List<CheckResult> all() {
        TopicPlan plan = TopicPlan.between(catalogue, state);
        int topics = catalogue.topics().size();
        return List.of(
                CheckResult.of(
                        "exists",
                        catalogue.topics().stream()
                                .map(Topic::fullName)
                                .filter(name -> state.topic(name).isEmpty())
                                .map(name -> name + " does not exist")
                                .toList(),
                        topics + " topics"),
                CheckResult.of(PARTITIONS, differences(plan, PARTITIONS::equals), "as in the catalogue"),
                CheckResult.of(REPLICATION, differences(plan, REPLICATION::equals), "as in the catalogue"),
                CheckResult.of("settings", differences(plan, key -> !NO_SETTINGS.contains(key)), "as in the catalogue"),
                leaders());
    }

    private static List<String> differences(TopicPlan plan, Predicate<String> keys) {
        return plan.changes().stream()
                .filter(change -> keys.test(change.key()))
                .map(TopicDriftChecks::difference)
                .toList();
    }

    private static String difference(Change change) {
        String catalogue = change instanceof Change.RemoveSetting
                ? "the catalogue does not name it"
                : "the catalogue says " + change.wanted();
        String is = change.now() == null ? "is unknown to the cluster" : "is " + change.now();
        return change.topic() + ": " + change.key() + ' ' + is + ", " + catalogue;
    }

    /** Internal topics too, where the state was asked about them. */
    private CheckResult leaders() {
        List<String> wrong = new ArrayList<>();
        new TreeMap<>(state.topics()).values().forEach(topic -> topic.partitions()
                .forEach(partition -> {
                    if (!partition.hasLeader()) {
                        wrong.add(place(topic, partition) + " has no leader: it can be neither read nor written");
                    } else if (partition.inSync() < minInSync(topic)) {
                        wrong.add(place(topic, partition) + " has " + partition.inSync()
                                + " replicas in sync, below the " + minInSync(topic) + " that a write needs");
                    } else if (partition.inSync() < partition.replicas()) {
                        wrong.add(place(topic, partition) + " has " + partition.inSync() + " of " + partition.replicas()
                                + " replicas in sync");
                    }
                }));
        return CheckResult.of("leaders", wrong, "each partition has a leader and all replicas in sync");
    }

    private static String place(ActualTopic topic, ActualPartition partition) {
        return topic.name() + '-' + partition.id();
    }

    private static int minInSync(ActualTopic topic) {
        String value = topic.value(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return value.isEmpty() ? 1 : Integer.parseInt(value);
    }
}
