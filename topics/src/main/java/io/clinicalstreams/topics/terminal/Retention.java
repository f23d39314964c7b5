package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic's retention in words, in the largest unit that gives a whole number.
 * Hand-written: the text of a {@link Duration} stops at hours.
 */
public final class Retention {

    private static final List<Unit> UNITS = List.of(
            new Unit("days", Duration.ofDays(1).toMillis()),
            new Unit("h", Duration.ofHours(1).toMillis()),
            new Unit("min", Duration.ofMinutes(1).toMillis()),
            new Unit("s", Duration.ofSeconds(1).toMillis()),
            new Unit("ms", 1));

    private record Unit(String name, long millis) {}

    private Retention() {}

    /** For example {@code 7 days}; a hyphen if the catalogue does not set it, or nothing is deleted by age. */
    public static String of(Topic topic) {
        return topic.settings()
                .get(TopicConfig.RETENTION_MS_CONFIG)
                .filter(setting -> topic.cleanup().isDeleted())
                .map(EffectiveSetting::value)
                .map(Long::parseLong)
                .map(Retention::inWords)
                .orElse("-");
    }

    private static String inWords(long millis) {
        if (millis < 0) {
            return "forever";
        }
        if (millis == UNITS.get(0).millis()) {
            return "1 day";
        }
        return UNITS.stream()
                .filter(unit -> millis % unit.millis() == 0)
                .findFirst()
                .map(unit -> millis / unit.millis() + " " + unit.name())
                .orElseThrow();
    }
}
