package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicDefinitions;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;

/** Sizes single topics of a catalogue for a load. */
record TopicSizing(Catalogue catalogue, Inputs inputs, Shares shares, double load) {

    private static final ConfigDef DEFINITIONS = TopicDefinitions.configDef();

    TopicSize of(Topic topic) {
        double target = load * shares.share(topic.name());
        double written = target * bytes();
        return new TopicSize(
                topic.fullName(),
                alone(topic, mergedWith(topic)),
                written,
                written * readers(topic),
                stored(topic, written * inputs.of(SizeInput.AVERAGE)),
                topic.partitions(),
                SourceWorkload.ofProfile(topic.profile().name()));
    }

    private Partitions alone(Topic topic, int atLeast) {
        return new Partitions(
                load * shares.share(topic.name()), inputs.of(SizeInput.PRODUCER_RATE), slowestReader(topic), atLeast);
    }

    /** What the largest source needs that a lane merges with this one: they have equal partitions. */
    private int mergedWith(Topic topic) {
        int brokers = catalogue.where().brokers();
        return catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .flatMap(lane -> lane.sources().stream())
                .mapToInt(source -> alone(source, brokers).count())
                .max()
                .orElse(brokers);
    }

    private double bytes() {
        return inputs.of(SizeInput.RECORD_BYTES) * inputs.of(SizeInput.PACKED);
    }

    private double stored(Topic topic, double written) {
        if (setting(topic, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            double dirty = Double.parseDouble(setting(topic, TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG));
            double keys = shares.keys(topic.name(), inputs.of(SizeInput.PATIENTS));
            return new CompactedTopic(keys, bytes(), dirty, topic.replication()).bytes();
        }
        Duration retention = millis(topic, TopicConfig.RETENTION_MS_CONFIG);
        Duration kept = retention.plus(millis(topic, TopicConfig.SEGMENT_MS_CONFIG));
        return retention.isNegative()
                ? Double.POSITIVE_INFINITY
                : new StoredTopic(written, kept, topic.replication()).bytes();
    }

    private static Duration millis(Topic topic, String name) {
        return Duration.ofMillis(Long.parseLong(setting(topic, name)));
    }

    private static String setting(Topic topic, String name) {
        return topic.settings().get(name).map(EffectiveSetting::value).orElseGet(() -> {
            ConfigDef.ConfigKey key = DEFINITIONS.configKeys().get(name);
            return key == null ? "" : String.valueOf(ConfigDef.convertToString(key.defaultValue, key.type));
        });
    }

    /** Lanes that read it; groups beside them where no lane does. */
    private double readers(Topic topic) {
        long lanes = catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .count();
        return lanes > 0 ? lanes : inputs.of(SizeInput.READERS);
    }

    private double slowestReader(Topic topic) {
        return catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .mapToDouble(lane -> rateOf(lane, inputs))
                .min()
                .orElse(inputs.of(SizeInput.CONSUMER_RATE));
    }

    /** What one thread of a lane does: a lane with stores is as slow as the alerting lane. */
    static double rateOf(Lane lane, Inputs inputs) {
        return inputs.of(lane.stores().isEmpty() ? SizeInput.RECORDING_RATE : SizeInput.ALERTING_RATE);
    }
}
