package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ActualSetting;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One difference between catalogue and cluster, and what would be done about it. */
public sealed interface Change {

    /** The topic's name on the cluster. */
    String topic();

    /** What differs: {@code topic}, {@code partitions}, {@code replication} or the name of a setting. */
    String key();

    /** What the cluster has; null when it has nothing. */
    @Nullable
    String now();

    /** What it would have; null when nothing of its own. */
    @Nullable
    String wanted();

    Effect effect();

    /** Why the effect is what it is; may be empty for what is safe. */
    String why();

    /** Whether the topic is as it would be with this change done. */
    boolean isShownBy(ActualTopic actual);

    /**
     * The topic is not there.
     *
     * @param settings those of the definition that the cluster knows
     */
    record CreateTopic(Topic definition, Map<String, String> settings) implements Change {

        public CreateTopic {
            settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        }

        @Override
        public String topic() {
            return definition.fullName();
        }

        @Override
        public String key() {
            return "topic";
        }

        @Override
        public @Nullable String now() {
            return null;
        }

        @Override
        public String wanted() {
            return "partitions %d, replication %d".formatted(definition.partitions(), definition.replication());
        }

        @Override
        public Effect effect() {
            return Effect.SAFE;
        }

        @Override
        public String why() {
            return "does not exist";
        }

        /** A lane that starts now must find its partitions led. */
        @Override
        public boolean isShownBy(ActualTopic actual) {
            return actual.partitions().stream().allMatch(ActualPartition::hasLeader);
        }
    }

    /** A setting has another value than the catalogue's. */
    record ChangeSetting(String topic, String key, String now, String wanted, Effect effect, String why)
            implements Change {

        private static final SettingValues VALUES = new SettingValues(TopicDefinitions.configDef());

        @Override
        public boolean isShownBy(ActualTopic actual) {
            return VALUES.same(key, actual.value(key), wanted);
        }
    }

    /**
     * A setting is set on the topic, and the catalogue does not name it.
     *
     * @param wanted what takes effect when it is removed; null when the cluster does not say
     */
    record RemoveSetting(
            String topic, String key, String now, @Nullable String wanted, Effect effect, String why)
            implements Change {

        @Override
        public boolean isShownBy(ActualTopic actual) {
            ActualSetting setting = actual.settings().get(key);
            return setting == null || !setting.setOnTopic();
        }
    }

    /** Fewer partitions than the catalogue's, and no reader relies on a key's order. */
    record AddPartitions(String topic, int has, int partitions) implements Change {

        @Override
        public String key() {
            return "partitions";
        }

        @Override
        public String now() {
            return String.valueOf(has);
        }

        @Override
        public String wanted() {
            return String.valueOf(partitions);
        }

        @Override
        public Effect effect() {
            return Effect.DISRUPTIVE;
        }

        @Override
        public String why() {
            return "cannot be taken back; readers rebalance";
        }

        @Override
        public boolean isShownBy(ActualTopic actual) {
            return actual.partitions().size() >= partitions;
        }
    }

    /** A difference that no command removes. */
    record Refused(String topic, String key, @Nullable String now, String wanted, String why) implements Change {

        @Override
        public Effect effect() {
            return Effect.REFUSED;
        }

        /** Nothing is done about it, so there is nothing to see. */
        @Override
        public boolean isShownBy(ActualTopic actual) {
            return true;
        }
    }
}
