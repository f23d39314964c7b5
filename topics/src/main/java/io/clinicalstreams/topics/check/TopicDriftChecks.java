package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.SeenTopics;
import io.clinicalstreams.topics.plan.Change;
import io.clinicalstreams.topics.plan.Effect;
import io.clinicalstreams.topics.plan.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Checks that the catalogue's topics exist and match it. If some are hidden, the checks are not held, but problems of
 * the others are still reported.
 *
 * @param seen the catalogue's topics
 * @param state the visible topics, and internal topics if they were requested
 */
record TopicDriftChecks(Catalogue catalogue, SeenTopics seen, ClusterState state) {

    private static final String AS_WANTED = "as in the catalogue";
    private static final String PARTITIONS = "partitions";
    private static final String REPLICATION = "replication";

    List<CheckResult> all() {
        TopicPlan plan = TopicPlan.between(catalogue, state);
        List<String> absent = catalogue.topics().stream()
                .map(Topic::fullName)
                .filter(name -> state.topic(name).isEmpty() && !seen.hides(name))
                .toList();
        return List.of(
                result(
                        "exists",
                        absent.stream().map(name -> name + " does not exist").toList(),
                        catalogue.topics().size() + " topics"),
                ofExisting(PARTITIONS, differences(plan, change -> change.key().equals(PARTITIONS)), AS_WANTED),
                ofExisting(REPLICATION, differences(plan, change -> change.key().equals(REPLICATION)), AS_WANTED),
                ofExisting("settings", differences(plan, Change::isSetting), settingsAsWanted(plan)),
                ofExisting("leaders", leaders(), "each partition has a leader and all replicas in sync"));
    }

    /** Skipped if no topic exists. */
    private CheckResult ofExisting(String name, List<String> wrong, String whenHeld) {
        boolean isAnyThere = catalogue.topics().stream()
                .anyMatch(topic -> seen.hides(topic.fullName())
                        || state.topic(topic.fullName()).isPresent());
        return isAnyThere || !wrong.isEmpty()
                ? result(name, wrong, whenHeld)
                : CheckResult.skipped(name, "no topic exists");
    }

    private CheckResult result(String name, List<String> wrong, String whenHeld) {
        CheckResult result = CheckResult.asking(name, () -> {
            ClusterState unused = seen.all();
            return CheckResult.of(name, wrong, whenHeld);
        });
        return seen.refused().isEmpty()
                ? result
                : new CheckResult(
                        name,
                        result.verdict(),
                        Stream.concat(result.details().stream(), wrong.stream()).toList());
    }

    private static String settingsAsWanted(TopicPlan plan) {
        List<Change> skipped = plan.with(Effect.SKIPPED);
        return skipped.isEmpty()
                ? AS_WANTED
                : AS_WANTED + "; " + skipped.size() + " skipped, which the brokers' version of Kafka does not know: "
                        + skipped.stream().map(Change::key).distinct().collect(Collectors.joining(", "));
    }

    private List<String> differences(TopicPlan plan, Predicate<Change> which) {
        return plan.changes().stream()
                .filter(which.and(change -> change.effect() != Effect.SKIPPED))
                .map(this::difference)
                .toList();
    }

    private String difference(Change change) {
        String wanted = change.action() == Change.Action.REMOVE
                ? "the catalogue does not set it"
                : "the catalogue says " + change.wanted();
        String difference = change.topic() + ": " + change.key() + " is " + change.now() + ", " + wanted;
        return isHarmDone(change) ? difference + ". " + change.why() : difference;
    }

    /** Other differences do no harm until they are applied. */
    private boolean isHarmDone(Change change) {
        return change.key().equals(PARTITIONS)
                && change.definition().keyedOrder()
                && state.topic(change.topic()).orElseThrow().partitions().size()
                        > change.definition().partitions();
    }

    /** Including internal topics in the state. */
    private List<String> leaders() {
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
        return wrong;
    }

    private static String place(ActualTopic topic, ActualPartition partition) {
        return topic.name() + '-' + partition.id();
    }

    private static int minInSync(ActualTopic topic) {
        String value = topic.value(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return value.isEmpty() ? 1 : Integer.parseInt(value);
    }
}
