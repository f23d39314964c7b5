package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Settings;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How records are removed from a topic: its {@code cleanup.policy}, a list in any order.
 *
 * @param isCompacted a key's newer value replaces the older one
 * @param isDeleted records are deleted by age or size, compacted or not
 */
public record CleanupPolicy(boolean isCompacted, boolean isDeleted) {

    /** Parses the setting as Kafka does, with or without spaces around the commas. */
    public static CleanupPolicy of(String text) {
        Set<String> policies =
                Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        return new CleanupPolicy(
                policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                policies.contains(TopicConfig.CLEANUP_POLICY_DELETE));
    }

    /** The policy in a topic's settings, or else Kafka's default, {@code delete}. */
    public static CleanupPolicy of(Settings topic) {
        return of(topic.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .map(EffectiveSetting::value)
                .orElse(TopicConfig.CLEANUP_POLICY_DELETE));
    }

    /** The latest value of every key stays, however old it is: a reader can rebuild the table from the start. */
    public boolean isTable() {
        return isCompacted && !isDeleted;
    }
}
