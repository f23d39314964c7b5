package io.clinicalstreams.topics.size;

/**
 * The log of a compacted topic at its longest: what a reader has to read to have every key, and what lies on disk. A
 * broker closes a segment when it is full or old, and cleans only what is closed, and only when enough of that is dirty.
 * It assumes that the cleaner keeps up, and that keys and writes are spread evenly.
 *
 * @param live bytes of the latest value of every key, as packed, of all partitions
 * @param written bytes/s, as packed, into all partitions
 */
record CompactedLog(double live, double written, int partitions, Cleaning cleaning) {

    private static final double MB = 1e6;
    /** Whoever writes a longer lag means none: a hundred years. */
    private static final double LONGEST_SECONDS = 3.2e9;

    /** Bytes that one partition has at most, and a reader from the start reads. */
    double bytesPerPartition() {
        return closed() + open();
    }

    /** Bytes of all partitions. */
    double bytes() {
        return bytesPerPartition() * partitions;
    }

    /**
     * Bytes on all disks. The cleaned copy of what is live lies beside the segments that it replaces, until those are
     * deleted after {@code file.delete.delay.ms}.
     */
    double stored(int copies) {
        return (bytes() + live) * copies;
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

    /** How {@link #bytesPerPartition()} comes about, in MB and seconds. */
    String formula() {
        String kept = Numbers.of(live / partitions / MB);
        String rate = Numbers.of(perSecond() / MB);
        String full = Numbers.of(cleaning.segmentBytes() / MB);
        String old = Numbers.of(cleaning.segmentSeconds());
        String ratio = Numbers.of(cleaning.dirtyRatio());
        return cleaning.lagSeconds() < LONGEST_SECONDS
                ? ("min(live / (1 - dirty ratio), live + written x max.compaction.lag.ms)"
                                + " + min(segment.bytes, written x min(segment.ms, that lag))"
                                + " = min(%s / (1 - %s), %s + %s x %s s) + min(%s, %s x %s s) MB")
                        .formatted(kept, ratio, kept, rate, Numbers.of(cleaning.lagSeconds()), full, rate, old)
                : ("live / (1 - dirty ratio) + min(segment.bytes, written x segment.ms)"
                                + " = %s / (1 - %s) + min(%s, %s x %s s) MB")
                        .formatted(kept, ratio, full, rate, old);
    }
}
