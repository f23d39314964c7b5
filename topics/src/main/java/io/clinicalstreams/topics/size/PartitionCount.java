package io.clinicalstreams.topics.size;

/**
 * How many partitions a topic needs: the source documents' max(T/P, T/C), where P and C are bound by records/s and by
 * bytes/s.
 *
 * @param target T, records/s of this topic
 * @param recordBytes of a record, uncompressed, as rates are measured
 * @param producer P, what one partition takes
 * @param consumer C, what the slowest reader takes out of one partition
 * @param brokers the least, so that each broker has work
 * @param merged what the topics need that a lane merges with this one; 0 without such a lane
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
