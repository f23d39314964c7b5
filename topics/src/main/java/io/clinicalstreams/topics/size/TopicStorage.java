package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.CleanupPolicy;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.setting.Settings;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic stores on all disks, limited by whatever removes records first: age, a partition's size, or a newer
 * value of their key.
 *
 * @param partitions number of partitions that it will have
 * @param live bytes of the latest value of every key, compressed
 * @param days days to use instead of its retention
 * @param written bytes/s, compressed, in the busiest hour; gives a compacted topic's longest log
 * @param average bytes/s, compressed, over a week; used for deletion by age
 */
record TopicStorage(Topic topic, int partitions, double live, Optional<Double> days, double written, double average) {

    /** A longer retention counts as forever: some settings are the largest possible number. */
    private static final double LONGEST_SECONDS = 36_500 * Numbers.SECONDS_PER_DAY;

    private static final double MILLIS = 1000;
    private static final String NAME = "stored";
    private static final String UNIT = "bytes";

    private static final Map<String, Object> DEFAULTS =
            TopicDefinitions.configDef().defaultValues();

    /**
     * A topic setting, or Kafka's default.
     *
     * @param prefix prefix of the topic's settings: {@code topic.} for a lane, empty for a topic
     */
    static double number(Settings settings, String prefix, String name) {
        return Double.parseDouble(settings.plain().getOrDefault(prefix + name, String.valueOf(DEFAULTS.get(name))));
    }

    /** @throws IllegalArgumentException if nothing ever removes records and no days are given */
    Figure stored() {
        CleanupPolicy cleanup = topic.cleanup();
        return Stream.of(
                        cleanup.isCompacted() ? Optional.of(byKeys()) : Optional.<Figure>empty(),
                        cleanup.isTable() ? Optional.<Figure>empty() : byAge(cleanup),
                        cleanup.isDeleted() ? bySize() : Optional.<Figure>empty())
                .flatMap(Optional::stream)
                .min(Comparator.comparingDouble(Figure::value))
                .orElseThrow(() -> new IllegalArgumentException(topic.name()
                        + " keeps records forever, so no disk is large enough: give the days to compute with, --days "
                        + topic.name() + "=NUMBER"));
    }

    private Figure byKeys() {
        CompactedLog log = new CompactedLog(live, written, partitions, CompactedLog.Cleaning.of(topic.settings(), ""));
        String formula = log.storedFormula(topic.replication()) + " MB; per partition: " + log.formula();
        return new Figure(NAME, log.stored(topic.replication()), UNIT, formula);
    }

    /** A segment is deleted when its last record is old enough, and closed when it is old or full. */
    private Optional<Figure> byAge(CleanupPolicy cleanup) {
        double retention = cleanup.isDeleted() ? number(TopicConfig.RETENTION_MS_CONFIG) / MILLIS : -1;
        double seconds = days.map(given -> given * Numbers.SECONDS_PER_DAY).orElse(retention);
        if (seconds < 0 || seconds > LONGEST_SECONDS) {
            return Optional.empty();
        }
        double segment = Math.min(
                Math.min(number(TopicConfig.SEGMENT_MS_CONFIG) / MILLIS, LONGEST_SECONDS),
                number(TopicConfig.SEGMENT_BYTES_CONFIG) * partitions / average);
        return Optional.of(new Figure(
                NAME,
                average * (seconds + segment) * topic.replication(),
                UNIT,
                Numbers.in(
                        "written on average x (retention + until a segment is closed) x replicas = %s MB/s x (%s + %s days) x %s",
                        average / Numbers.MB,
                        seconds / Numbers.SECONDS_PER_DAY,
                        segment / Numbers.SECONDS_PER_DAY,
                        topic.replication())));
    }

    /** A partition exceeds its limit by one segment before a segment is deleted. */
    private Optional<Figure> bySize() {
        double most = number(TopicConfig.RETENTION_BYTES_CONFIG);
        double segment = number(TopicConfig.SEGMENT_BYTES_CONFIG);
        return most < 0
                ? Optional.empty()
                : Optional.of(new Figure(
                        NAME,
                        (most + segment) * partitions * topic.replication(),
                        UNIT,
                        Numbers.in(
                                "(retention.bytes + a segment) x partitions x replicas = (%s + %s MB) x %s x %s",
                                most / Numbers.MB, segment / Numbers.MB, partitions, topic.replication())));
    }

    private double number(String name) {
        return number(topic.settings(), "", name);
    }
}
