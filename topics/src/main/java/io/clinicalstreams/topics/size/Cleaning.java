package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Settings;
import io.clinicalstreams.topics.TopicDefinitions;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * When a broker closes a compacted topic's segments and cleans them, as the topic's settings say.
 *
 * @param dirtyRatio {@code min.cleanable.dirty.ratio}: the share of the closed log that is not yet cleaned when cleaning begins
 * @param segmentBytes {@code segment.bytes}, at which a segment is closed
 * @param segmentSeconds {@code segment.ms}, after which it is closed; {@code max.compaction.lag.ms} where that is shorter
 * @param lagSeconds {@code max.compaction.lag.ms}, after which what is closed is cleaned whatever the ratio
 */
record Cleaning(double dirtyRatio, double segmentBytes, double segmentSeconds, double lagSeconds) {

    private static final double MILLIS = 1000;
    /** Kafka takes ratios up to 1, at which nothing would ever be cleaned; then this is no bound. */
    private static final double MOST = 0.99;

    private static final Map<String, Object> DEFAULTS =
            TopicDefinitions.configDef().defaultValues();

    Cleaning {
        dirtyRatio = Math.min(dirtyRatio, MOST);
    }

    /** @param prefix before the topic's settings: {@code topic.} of a lane, none of a topic */
    static Cleaning of(Settings settings, String prefix) {
        double lag = number(settings, prefix, TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG) / MILLIS;
        return new Cleaning(
                number(settings, prefix, TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG),
                number(settings, prefix, TopicConfig.SEGMENT_BYTES_CONFIG),
                Math.min(number(settings, prefix, TopicConfig.SEGMENT_MS_CONFIG) / MILLIS, lag),
                lag);
    }

    private static double number(Settings settings, String prefix, String name) {
        return Double.parseDouble(settings.get(prefix + name)
                .map(EffectiveSetting::value)
                .orElseGet(() -> String.valueOf(DEFAULTS.get(name))));
    }
}
