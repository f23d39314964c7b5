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
 * One difference between catalogue and cluster, and what is done about it.
 *
 * @param definition the topic as the catalogue wants it
 * @param key what differs: {@code topic}, {@code partitions}, {@code replication} or the name of a setting
 * @param now what the cluster has; null when it has nothing
 * @param wanted what it would have; null when nothing of its own, or when the cluster does not say what it inherits
 * @param why the effect is what it is; may be empty for what is safe
 * @param settings of a topic to create, those that its brokers know; otherwise empty
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

    /** What is done to the cluster. */
    public enum Action {
        CREATE,
        SET,
        /** A setting is removed from the topic, so that it is inherited. */
        REMOVE,
        ADD_PARTITIONS,
        NONE
    }

    /** The topic's name on the cluster. */
    public String topic() {
        return definition.fullName();
    }

    /** Whether it is about a setting of a topic that exists. */
    public boolean isSetting() {
        return !key.equals(TOPIC) && !key.equals(PARTITIONS) && !key.equals(REPLICATION);
    }

    /** Whether the topic is as it would be with this change done. */
    boolean isShownBy(ActualTopic actual) {
        return switch (action) {
            // A lane that starts now must find its partitions led.
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
