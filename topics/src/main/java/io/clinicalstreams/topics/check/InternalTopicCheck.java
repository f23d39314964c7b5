package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Store;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.plan.SettingValues;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Checks that the topics that Kafka Streams created for a lane are those that the lane declares. A lane that has never
 * run has none.
 */
record InternalTopicCheck(Catalogue catalogue, ClusterState state) {

    static final String NAME = "internal-topics";

    private static final SettingValues VALUES = new SettingValues(TopicDefinitions.configDef());

    /** For a window store: Kafka Streams deletes expired windows. */
    private static final String COMPACT_AND_DELETE =
            TopicConfig.CLEANUP_POLICY_COMPACT + ',' + TopicConfig.CLEANUP_POLICY_DELETE;

    CheckResult of(LaneArtifacts artifacts) {
        List<Lane> lanes = artifacts.lanes();
        if (lanes.isEmpty()) {
            return CheckResult.skipped(NAME, "no lane has run on this cluster");
        }
        List<String> wrong = new ArrayList<>();
        int declared = 0;
        for (Lane lane : lanes) {
            declared += lane.internalTopics().size();
            lane.internalTopics().forEach(name -> check(lane, name, wrong));
            artifacts.internalTopics(lane).stream()
                    .filter(name -> !lane.internalTopics().contains(name))
                    .forEach(name -> wrong.add(name + " is not declared by lane " + lane.name()
                            + ": it belongs to an older topology, or the catalogue is out of date"));
        }
        return CheckResult.of(NAME, wrong, declared + " as declared by the lanes");
    }

    private void check(Lane lane, String name, List<String> wrong) {
        Optional<ActualTopic> found = state.topic(name);
        if (found.isEmpty()) {
            wrong.add(name + " does not exist, but lane " + lane.name() + " has run: its state has no changelog");
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
            wrong.add(name + ": replication is " + topic.otherReplication(replication) + ", the catalogue says "
                    + replication);
        }
        checkCleanup(lane, topic, wrong);
        checkSettings(lane, topic, wrong);
    }

    private static void checkCleanup(Lane lane, ActualTopic topic, List<String> wrong) {
        String is = topic.value(TopicConfig.CLEANUP_POLICY_CONFIG);
        String wanted = isOfWindows(lane, topic.name()) ? COMPACT_AND_DELETE : TopicConfig.CLEANUP_POLICY_COMPACT;
        if (!VALUES.same(TopicConfig.CLEANUP_POLICY_CONFIG, is, wanted)) {
            wrong.add(topic.name() + ": cleanup.policy is " + is + ", must be " + wanted + ": a key's state would "
                    + (is.contains(TopicConfig.CLEANUP_POLICY_DELETE) ? "be deleted by age" : "grow forever"));
        }
    }

    private static boolean isOfWindows(Lane lane, String changelog) {
        return lane.stores().stream()
                .filter(store -> store.kind() == Store.Kind.WINDOW)
                .anyMatch(store -> changelog.equals(store.changelogTopic(lane.applicationId())));
    }

    private static void checkSettings(Lane lane, ActualTopic topic, List<String> wrong) {
        for (EffectiveSetting setting : lane.settings().byName().values()) {
            if (setting.name().startsWith(StreamsConfig.TOPIC_PREFIX)) {
                String name = setting.name().substring(StreamsConfig.TOPIC_PREFIX.length());
                if (!VALUES.same(name, setting.value(), topic.value(name))) {
                    wrong.add(topic.name() + ": " + name + " is " + topic.value(name) + ", the catalogue says "
                            + setting.value());
                }
            }
        }
    }
}
