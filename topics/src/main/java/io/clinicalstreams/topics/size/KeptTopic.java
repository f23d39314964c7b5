package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.CleanupPolicy;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicDefinitions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic keeps on all disks together, bound by whatever takes records away first: their age, a partition's size, or
 * a newer value of their key.
 *
 * @param partitions that it will have
 * @param live bytes of the latest value of every key, as packed
 * @param days how long to compute with instead of its retention
 * @param written bytes/s as packed, in the busiest hour: a compacted topic's log is as long as it gets
 * @param average bytes/s as packed over a week, which age takes away
 */
record KeptTopic(Topic topic, int partitions, double live, Optional<Duration> days, double written, double average) {

    /** Who writes more means for ever: some write the largest number there is. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final double MB = 1e6;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double MILLIS = 1000;

    private static final Map<String, Object> DEFAULTS =
            TopicDefinitions.configDef().defaultValues();

    /** @throws IllegalArgumentException when nothing ever takes records away, and nobody says how long to compute with */
    Stored stored() {
        CleanupPolicy cleanup = topic.cleanup();
        return Stream.of(
                        cleanup.isCompacted() ? Optional.of(byKeys()) : Optional.<Stored>empty(),
                        cleanup.isTable() ? Optional.<Stored>empty() : byAge(cleanup),
                        cleanup.isDeleted() ? bySize() : Optional.<Stored>empty())
                .flatMap(Optional::stream)
                .min(Comparator.comparingDouble(Stored::bytes))
                .orElseThrow(() -> new IllegalArgumentException(topic.name()
                        + " keeps records for ever, for which no disk is enough: say for how many days to compute,"
                        + " --days " + topic.name() + "=NUMBER"));
    }

    private Stored byKeys() {
        CompactedLog log = new CompactedLog(live, written, partitions, Cleaning.of(topic.settings(), ""));
        String formula =
                "(of a partition x partitions + live, while cleaned) x copies = (%s x %d + %s) x %d MB; of a partition: "
                        .formatted(
                                Numbers.of(log.bytesPerPartition() / MB),
                                partitions,
                                Numbers.of(live / MB),
                                topic.replication());
        return new Stored(log.stored(topic.replication()), formula + log.formula());
    }

    /** A segment goes when its last record is old enough, and is closed when it is old or full. */
    private Optional<Stored> byAge(CleanupPolicy cleanup) {
        long retention = cleanup.isDeleted() ? number(TopicConfig.RETENTION_MS_CONFIG) : -1;
        Duration age = days.orElse(Duration.ofMillis(retention));
        if (age.isNegative() || age.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        double seconds = age.toMillis() / MILLIS;
        double segment = Math.min(
                Math.min(number(TopicConfig.SEGMENT_MS_CONFIG), LONGEST.toMillis()) / MILLIS,
                (double) number(TopicConfig.SEGMENT_BYTES_CONFIG) * partitions / average);
        return Optional.of(new Stored(
                average * (seconds + segment) * topic.replication(),
                "written on average x (retention + until a segment is closed) x copies = %s MB/s x (%s + %s days) x %d"
                        .formatted(
                                Numbers.of(average / MB),
                                Numbers.of(seconds / SECONDS_PER_DAY),
                                Numbers.of(segment / SECONDS_PER_DAY),
                                topic.replication())));
    }

    /** A partition is too large by one segment before one goes. */
    private Optional<Stored> bySize() {
        double most = number(TopicConfig.RETENTION_BYTES_CONFIG);
        double segment = number(TopicConfig.SEGMENT_BYTES_CONFIG);
        return most < 0
                ? Optional.empty()
                : Optional.of(new Stored(
                        (most + segment) * partitions * topic.replication(),
                        "(retention.bytes + a segment) x partitions x copies = (%s + %s MB) x %d x %d"
                                .formatted(
                                        Numbers.of(most / MB),
                                        Numbers.of(segment / MB),
                                        partitions,
                                        topic.replication())));
    }

    private long number(String name) {
        return Long.parseLong(topic.settings()
                .get(name)
                .map(EffectiveSetting::value)
                .orElseGet(() -> String.valueOf(DEFAULTS.get(name))));
    }
}
