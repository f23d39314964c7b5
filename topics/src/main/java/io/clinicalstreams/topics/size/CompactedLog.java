package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.setting.Settings;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The log of a compacted topic at its longest: what a reader must read to have every key, and what is on disk. A broker
 * closes a segment when it is full or old, and cleans only closed segments, once enough of them is dirty. Assumes that
 * the cleaner keeps up, and that keys and writes are evenly distributed.
 *
 * @param live bytes of the latest value of every key, compressed, of all partitions
 * @param written bytes/s, compressed, into all partitions
 */
record CompactedLog(double live, double written, int partitions, Cleaning cleaning) {

    /** A longer lag counts as unlimited: a hundred years. */
    private static final double LONGEST_SECONDS = 3.2e9;

    /**
     * When a broker closes and cleans the topic's segments.
     *
     * @param dirtyRatio {@code min.cleanable.dirty.ratio}: the uncleaned share of the closed log when cleaning begins
     * @param segmentBytes {@code segment.bytes}, at which a segment is closed
     * @param segmentSeconds {@code segment.ms}, after which it is closed; {@code max.compaction.lag.ms} if that is
     *     shorter
     * @param lagSeconds {@code max.compaction.lag.ms}, after which closed segments are cleaned whatever the ratio
     * @param keptSeconds {@code min.compaction.lag.ms}, for which every record is kept
     */
    record Cleaning(
            double dirtyRatio, double segmentBytes, double segmentSeconds, double lagSeconds, double keptSeconds) {

        private static final double MILLIS = 1000;
        /** Kafka accepts ratios up to 1, at which nothing would ever be cleaned; a larger ratio gives no bound. */
        private static final double MOST = 0.99;

        Cleaning {
            dirtyRatio = Math.min(dirtyRatio, MOST);
        }

        /** Records may be cleaned at once. */
        Cleaning(double dirtyRatio, double segmentBytes, double segmentSeconds, double lagSeconds) {
            this(dirtyRatio, segmentBytes, segmentSeconds, lagSeconds, 0);
        }

        /** @param prefix prefix of the topic's settings: {@code topic.} for a lane, empty for a topic */
        static Cleaning of(Settings settings, String prefix) {
            double lag = TopicStorage.number(settings, prefix, TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG) / MILLIS;
            return new Cleaning(
                    TopicStorage.number(settings, prefix, TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG),
                    TopicStorage.number(settings, prefix, TopicConfig.SEGMENT_BYTES_CONFIG),
                    Math.min(TopicStorage.number(settings, prefix, TopicConfig.SEGMENT_MS_CONFIG) / MILLIS, lag),
                    lag,
                    TopicStorage.number(settings, prefix, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG) / MILLIS);
        }
    }

    /** Maximum bytes of one partition, which a reader from the start reads. */
    double bytesPerPartition() {
        return closed() + open();
    }

    /** Bytes of all partitions. */
    double bytes() {
        return bytesPerPartition() * partitions;
    }

    /** Closed segments of one partition, just before they are cleaned. */
    private double closed() {
        double kept = live / partitions;
        double dirty = Math.max(kept / (1 - cleaning.dirtyRatio()), kept + perSecond() * cleaning.keptSeconds());
        return Math.min(dirty, kept + perSecond() * cleaning.lagSeconds());
    }

    private double open() {
        return Math.min(cleaning.segmentBytes(), perSecond() * cleaning.segmentSeconds());
    }

    private double perSecond() {
        return written / partitions;
    }

    /**
     * Bytes on all disks. The cleaned copy of the live records exists together with the segments that it replaces,
     * until those are deleted after {@code file.delete.delay.ms}.
     */
    double stored(int replicas) {
        return (bytes() + live) * replicas;
    }

    /** The formula of {@link #stored}, in MB. */
    String storedFormula(int replicas) {
        return Numbers.in(
                "(per partition x partitions + live, while cleaned) x replicas = (%s x %s + %s) x %s",
                bytesPerPartition() / Numbers.MB, partitions, live / Numbers.MB, replicas);
    }

    /** The formula of {@link #bytesPerPartition()}, in MB and seconds. */
    String formula() {
        double kept = live / partitions / Numbers.MB;
        double rate = perSecond() / Numbers.MB;
        double full = cleaning.segmentBytes() / Numbers.MB;
        double ratio = cleaning.dirtyRatio();
        if (cleaning.keptSeconds() > 0 && cleaning.lagSeconds() >= LONGEST_SECONDS) {
            return Numbers.in(
                    "max(live / (1 - dirty ratio), live + written x min.compaction.lag.ms)"
                            + " + min(segment.bytes, written x segment.ms)"
                            + " = max(%s / (1 - %s), %s + %s x %s s) + min(%s, %s x %s s) MB",
                    kept, ratio, kept, rate, cleaning.keptSeconds(), full, rate, cleaning.segmentSeconds());
        }
        return cleaning.lagSeconds() < LONGEST_SECONDS
                ? Numbers.in(
                        "min(live / (1 - dirty ratio), live + written x max.compaction.lag.ms)"
                                + " + min(segment.bytes, written x min(segment.ms, that lag))"
                                + " = min(%s / (1 - %s), %s + %s x %s s) + min(%s, %s x %s s) MB",
                        kept, ratio, kept, rate, cleaning.lagSeconds(), full, rate, cleaning.segmentSeconds())
                : Numbers.in(
                        "live / (1 - dirty ratio) + min(segment.bytes, written x segment.ms)"
                                + " = %s / (1 - %s) + min(%s, %s x %s s) MB",
                        kept, ratio, full, rate, cleaning.segmentSeconds());
    }
}
