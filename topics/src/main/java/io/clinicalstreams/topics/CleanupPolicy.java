package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Settings;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How records leave a topic, as its {@code cleanup.policy} says: a list, in any order.
 *
 * @param isCompacted a key's newer value replaces the older one
 * @param isDeleted records go by age or size, compacted or not
 */
public record CleanupPolicy(boolean isCompacted, boolean isDeleted) {

    /** Reads the setting as Kafka does, with spaces around the commas or without. */
    public static CleanupPolicy of(String text) {
        Set<String> policies =
                Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        return new CleanupPolicy(
                policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                policies.contains(TopicConfig.CLEANUP_POLICY_DELETE));
    }

    /** What a topic's settings say; Kafka's default, {@code delete}, where they do not. */
    public static CleanupPolicy of(Settings topic) {
        return of(topic.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .map(EffectiveSetting::value)
                .orElse(TopicConfig.CLEANUP_POLICY_DELETE));
    }

    /** The latest value of every key stays, however old it is: a reader can rebuild the whole from the start. */
    public boolean isTable() {
        return isCompacted && !isDeleted;
    }
}
