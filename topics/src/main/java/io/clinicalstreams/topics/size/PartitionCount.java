package io.clinicalstreams.topics.size;

/**
 * How many partitions a topic needs: the source documents' max(T/P, T/C), where P and C are limited by records/s and by
 * bytes/s.
 *
 * @param target T, records/s of this topic
 * @param recordBytes bytes of a record, uncompressed, as in the measured rates
 * @param producer P, the rate at which one partition can be written
 * @param consumer C, the rate at which the slowest reader reads one partition
 * @param brokers the minimum, so that each broker has a partition
 * @param merged partitions that topics merged with this one by a lane need; 0 without such a lane
 */
record PartitionCount(
        double target, double recordBytes, WorkRate producer, WorkRate consumer, int brokers, int merged) {

    int count() {
        return Math.max(Math.max(brokers, merged), Numbers.up("partitions of a topic", Math.max(toWrite(), toRead())));
    }

    private double toWrite() {
        return target / producer.perSecond(recordBytes);
    }

    private double toRead() {
        return target / consumer.perSecond(recordBytes);
    }

    String formula() {
        return Numbers.in(
                "max(T/P, T/C) = max(%s/%s, %s/%s) = max(%s, %s), at least %s%s%s",
                target,
                producer.perSecond(recordBytes),
                target,
                consumer.perSecond(recordBytes),
                toWrite(),
                toRead(),
                merged > brokers ? merged + " (the topics that a lane merges)" : brokers + " (brokers)",
                producer.explained("P", recordBytes),
                consumer.explained("C", recordBytes));
    }
}
