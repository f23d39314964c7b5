package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ActualSetting;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One difference between catalogue and cluster, and the action for it.
 *
 * @param definition the topic in the catalogue
 * @param key what differs: {@code topic}, {@code partitions}, {@code replication} or the name of a setting
 * @param now value on the cluster; null if there is none
 * @param wanted value after the change; null if there is none of its own, or if the inherited value is unknown
 * @param why reason for the effect; may be empty if it is safe
 * @param settings settings of a topic to create that its brokers know; otherwise empty
 */
public record Change(
        Topic definition,
        Action action,
        String key,
        @Nullable String now,
        @Nullable String wanted,
        Effect effect,
        String why,
        Map<String, String> settings) {

    static final String TOPIC = "topic";
    static final String PARTITIONS = "partitions";
    static final String REPLICATION = "replication";

    private static final SettingValues VALUES = new SettingValues(TopicDefinitions.configDef());

    /** The action on the cluster. */
    public enum Action {
        CREATE,
        SET,
        /** A setting is removed from the topic, which then inherits it. */
        REMOVE,
        ADD_PARTITIONS,
        NONE
    }

    /** The topic's name on the cluster. */
    public String topic() {
        return definition.fullName();
    }

    /** Whether it changes a setting of an existing topic. */
    public boolean isSetting() {
        return !key.equals(TOPIC) && !key.equals(PARTITIONS) && !key.equals(REPLICATION);
    }

    /** Whether the topic shows this change. */
    boolean isShownBy(ActualTopic actual) {
        return switch (action) {
            // A lane that starts now must find a leader for each partition.
            case CREATE -> actual.partitions().stream().allMatch(ActualPartition::hasLeader);
            case SET -> VALUES.same(key, actual.value(key), Objects.requireNonNull(wanted));
            case REMOVE -> {
                ActualSetting setting = actual.settings().get(key);
                yield setting == null || !setting.setOnTopic();
            }
            case ADD_PARTITIONS -> actual.partitions().size() >= definition.partitions();
            case NONE -> true;
        };
    }
}
