package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.setting.Settings;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The log of a compacted topic at its longest: what a reader has to read to have every key, and what lies on disk. A
 * broker closes a segment when it is full or old, and cleans only what is closed, and only when enough of that is dirty.
 * It assumes that the cleaner keeps up, and that keys and writes are spread evenly.
 *
 * @param live bytes of the latest value of every key, compressed, of all partitions
 * @param written bytes/s, compressed, into all partitions
 */
record CompactedLog(double live, double written, int partitions, Cleaning cleaning) {

    /** A longer lag means none: a hundred years. */
    private static final double LONGEST_SECONDS = 3.2e9;

    /**
     * When a broker closes the topic's segments and cleans them.
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

        Cleaning {
            dirtyRatio = Math.min(dirtyRatio, MOST);
        }

        /** @param prefix before the topic's settings: {@code topic.} of a lane, none of a topic */
        static Cleaning of(Settings settings, String prefix) {
            double lag = TopicStorage.number(settings, prefix, TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG) / MILLIS;
            return new Cleaning(
                    TopicStorage.number(settings, prefix, TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG),
                    TopicStorage.number(settings, prefix, TopicConfig.SEGMENT_BYTES_CONFIG),
                    Math.min(TopicStorage.number(settings, prefix, TopicConfig.SEGMENT_MS_CONFIG) / MILLIS, lag),
                    lag);
        }
    }

    /** Bytes that one partition has at most, and a reader from the start reads. */
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
        return Math.min(kept / (1 - cleaning.dirtyRatio()), kept + perSecond() * cleaning.lagSeconds());
    }

    private double open() {
        return Math.min(cleaning.segmentBytes(), perSecond() * cleaning.segmentSeconds());
    }

    private double perSecond() {
        return written / partitions;
    }

    /**
     * Bytes on all disks. The cleaned copy of what is live lies beside the segments that it replaces, until those are
     * deleted after {@code file.delete.delay.ms}.
     */
    double stored(int replicas) {
        return (bytes() + live) * replicas;
    }

    /** How {@link #stored} comes about, in MB. */
    String storedFormula(int replicas) {
        return Numbers.in(
                "(per partition x partitions + live, while cleaned) x replicas = (%s x %s + %s) x %s",
                bytesPerPartition() / Numbers.MB, partitions, live / Numbers.MB, replicas);
    }

    /** How {@link #bytesPerPartition()} comes about, in MB and seconds. */
    String formula() {
        double kept = live / partitions / Numbers.MB;
        double rate = perSecond() / Numbers.MB;
        double full = cleaning.segmentBytes() / Numbers.MB;
        double ratio = cleaning.dirtyRatio();
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
