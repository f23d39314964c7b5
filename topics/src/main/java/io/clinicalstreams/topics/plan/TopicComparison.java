package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualSetting;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.plan.Change.Action;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares one topic of the catalogue with the cluster's.
 *
 * @param readByLanes names of lanes with this topic as a source
 */
record TopicComparison(Topic wanted, List<String> readByLanes) {

    private static final SettingValues VALUES = new SettingValues(TopicDefinitions.configDef());

    /** Kafka's reassignment tool sets these while it moves replicas, and removes them afterward. */
    private static final Set<String> OF_A_REASSIGNMENT =
            Set.of("leader.replication.throttled.replicas", "follower.replication.throttled.replicas");

    /** The changes for a missing topic. */
    List<Change> missing(ClusterState actual) {
        if (wanted.replication() > actual.brokers()) {
            return List.of(refused(
                    Change.TOPIC,
                    null,
                    "replication " + wanted.replication(),
                    "the cluster has " + actual.brokers() + (actual.brokers() == 1 ? " broker" : " brokers")
                            + ": start more, or choose an environment with fewer replicas"));
        }
        Map<String, String> known = new TreeMap<>(wanted.settings().plain());
        Map<String, String> unknown = new TreeMap<>(known);
        known.keySet().removeAll(TopicDefinitions.unknownTo(actual.metadataVersion()));
        unknown.keySet().removeAll(known.keySet());
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(
                wanted,
                Action.CREATE,
                Change.TOPIC,
                null,
                "partitions %d, replication %d".formatted(wanted.partitions(), wanted.replication()),
                Effect.SAFE,
                "does not exist",
                Collections.unmodifiableMap(known)));
        unknown.forEach((name, value) -> changes.add(unknown(name, value)));
        return changes;
    }

    /** The topic works without it, as on every cluster of that version. */
    private Change unknown(String name, String value) {
        return change(
                Action.NONE,
                name,
                null,
                value.strip(),
                new SettingEffect(
                        Effect.SKIPPED,
                        "the brokers' version of Kafka does not know this setting: upgrade the brokers"));
    }

    private Change refused(String key, @Nullable String now, String value, String why) {
        return change(Action.NONE, key, now, value, new SettingEffect(Effect.REFUSED, why));
    }

    private Change change(
            Action action, String key, @Nullable String now, @Nullable String value, SettingEffect effect) {
        return new Change(wanted, action, key, now, value, effect.effect(), effect.why(), Map.of());
    }

    /** The changes for an existing topic. */
    List<Change> with(ActualTopic actual) {
        List<Change> changes = new ArrayList<>();
        comparePartitions(actual, changes);
        compareReplication(actual, changes);
        wanted.settings().plain().forEach((name, value) -> compareSetting(name, value, actual, changes));
        new TreeMap<>(actual.settings()).forEach((name, setting) -> compareUnnamed(name, setting, changes));
        return changes;
    }

    private void comparePartitions(ActualTopic actual, List<Change> changes) {
        int has = actual.partitions().size();
        if (has < wanted.partitions() && !wanted.keyedOrder()) {
            changes.add(change(
                    Action.ADD_PARTITIONS,
                    Change.PARTITIONS,
                    String.valueOf(has),
                    String.valueOf(wanted.partitions()),
                    new SettingEffect(Effect.DISRUPTIVE, "cannot be undone; readers rebalance")));
        } else if (has != wanted.partitions()) {
            changes.add(refused(
                    Change.PARTITIONS,
                    String.valueOf(has),
                    String.valueOf(wanted.partitions()),
                    has < wanted.partitions() ? whyNoMore() : whyNoFewer()));
        }
    }

    private String whyNoMore() {
        String state = readByLanes.isEmpty()
                ? ""
                : "; lane " + String.join(" and lane ", readByLanes)
                        + " would look for a key's state in the wrong task";
        return "with more partitions, a key's new records go to another partition than its earlier ones and overtake them"
                + state + ". Create a new topic and migrate to it";
    }

    /** Partitions were added by hand. That is harmless if readers do not rely on the order per key. */
    private String whyNoFewer() {
        String never = "Kafka cannot remove partitions. ";
        if (!wanted.keyedOrder()) {
            return never + "Create a new topic, or write the actual number into the catalogue";
        }
        String broke =
                "Since partitions were added, new records of a key go to another partition than its earlier ones, so their"
                        + " order is lost";
        if (readByLanes.isEmpty()) {
            return never + broke
                    + ". Create a new topic and migrate to it; or, once all earlier records are read, write the actual number"
                    + " into the catalogue";
        }
        return never + broke + ", and where lane " + String.join(" or lane ", readByLanes)
                + " keeps state, its changelogs have the old number: it does not start again, and a key's state is split. Create a new topic"
                + " and move to it; changing the catalogue does not repair this";
    }

    private void compareReplication(ActualTopic actual, List<Change> changes) {
        if (!actual.hasReplication(wanted.replication())) {
            changes.add(refused(
                    Change.REPLICATION,
                    actual.otherReplication(wanted.replication()),
                    String.valueOf(wanted.replication()),
                    "moves whole logs between brokers, with a throttle that you choose: use"
                            + " kafka-reassign-partitions.sh"));
        }
    }

    private void compareSetting(String name, String value, ActualTopic actual, List<Change> changes) {
        ActualSetting setting = actual.settings().get(name);
        if (setting == null) {
            changes.add(unknown(name, value));
        } else if (!VALUES.same(name, setting.value(), value)) {
            SettingEffect effect = SettingEffect.of(name, setting.value(), value);
            changes.add(change(Action.SET, name, setting.value(), value.strip(), effect));
        }
    }

    private void compareUnnamed(String name, ActualSetting setting, List<Change> changes) {
        if (!setting.setOnTopic() || wanted.settings().get(name).isPresent() || OF_A_REASSIGNMENT.contains(name)) {
            return;
        }
        SettingEffect effect = SettingEffect.of(name, setting.value(), setting.inherited());
        String why =
                "set on the topic, but not in the catalogue" + (effect.why().isEmpty() ? "" : "; " + effect.why());
        changes.add(change(
                Action.REMOVE, name, setting.value(), setting.inherited(), new SettingEffect(effect.effect(), why)));
    }
}
