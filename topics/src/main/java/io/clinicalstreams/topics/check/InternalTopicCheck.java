package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.plan.ActualTopic;
import io.clinicalstreams.topics.plan.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Whether the topics that Kafka Streams made for a lane are those that the lane declares. A lane that has never run has
 * none.
 */
record InternalTopicCheck(Catalogue catalogue, ClusterState state) {

    private static final String NAME = "internal-topics";

    /**
     * @param lanes that have run on the cluster
     * @param names of all topics of the cluster that may be seen
     */
    CheckResult of(List<Lane> lanes, Set<String> names) {
        if (lanes.isEmpty()) {
            return CheckResult.skipped(NAME, "no lane has run on this cluster");
        }
        List<String> wrong = new ArrayList<>();
        int declared = 0;
        for (Lane lane : lanes) {
            declared += lane.internalTopics().size();
            lane.internalTopics().forEach(name -> check(lane, name, wrong));
            names.stream()
                    .filter(name ->
                            isInternalOf(lane, name) && !lane.internalTopics().contains(name))
                    .sorted()
                    .forEach(name -> wrong.add(name + " is not declared by lane " + lane.name()
                            + ": an older topology's, or the catalogue is behind"));
        }
        return CheckResult.of(NAME, wrong, declared + " as declared by the lanes");
    }

    private static boolean isInternalOf(Lane lane, String name) {
        return name.startsWith(lane.applicationId() + '-')
                && (name.endsWith("-changelog") || name.endsWith("-repartition"));
    }

    private void check(Lane lane, String name, List<String> wrong) {
        Optional<ActualTopic> found = state.topic(name);
        if (found.isEmpty()) {
            wrong.add(name + " does not exist, and lane " + lane.name() + " has run: its state is nowhere kept");
            return;
        }
        ActualTopic topic = found.get();
        int tasks = lane.sources().stream()
                .map(Topic::fullName)
                .flatMap(source -> state.topic(source).stream())
                .mapToInt(source -> source.partitions().size())
                .max()
                .orElse(0);
        if (topic.partitions().size() != tasks) {
            wrong.add(name + ": partitions is " + topic.partitions().size() + ", the lane's sources have " + tasks);
        }
        int replication = catalogue.where().replication();
        if (!topic.hasReplication(replication)) {
            wrong.add(name + ": replication is " + topic.replication() + ", the catalogue says " + replication);
        }
        if (!topic.value(TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            wrong.add(name + ": cleanup.policy is " + topic.value(TopicConfig.CLEANUP_POLICY_CONFIG)
                    + ", must be compact: a patient's state would be deleted by age");
        }
        checkSettings(lane, topic, wrong);
    }

    private static void checkSettings(Lane lane, ActualTopic topic, List<String> wrong) {
        for (EffectiveSetting setting : lane.settings().byName().values()) {
            if (setting.name().startsWith(StreamsConfig.TOPIC_PREFIX)) {
                String name = setting.name().substring(StreamsConfig.TOPIC_PREFIX.length());
                if (!setting.value().strip().equals(topic.value(name))) {
                    wrong.add(topic.name() + ": " + name + " is " + topic.value(name) + ", the catalogue says "
                            + setting.value());
                }
            }
        }
    }
}
