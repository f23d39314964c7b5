package io.clinicalstreams.topics.size;

/**
 * How many partitions a topic needs: the source documents' max(T/P, T/C), where P and C are bound by records/s and by
 * bytes/s.
 *
 * @param target T, records/s of this topic
 * @param recordBytes of a record, unpacked, as rates are measured
 * @param producer P, what one partition takes
 * @param consumer C, what the slowest reader takes out of one partition
 * @param atLeast brokers, so that each has work; more where a lane merges the topic with others
 */
record Partitions(double target, double recordBytes, WorkRate producer, WorkRate consumer, AtLeast atLeast) {

    int count() {
        return Math.max(atLeast.partitions(), Numbers.up("partitions of a topic", Math.max(toWrite(), toRead())));
    }

    private double toWrite() {
        return target / producer.perSecond(recordBytes);
    }

    private double toRead() {
        return target / consumer.perSecond(recordBytes);
    }

    String formula() {
        return "max(T/P, T/C) = max(%s/%s, %s/%s) = max(%s, %s), at least %s%s%s"
                .formatted(
                        Numbers.of(target),
                        Numbers.of(producer.perSecond(recordBytes)),
                        Numbers.of(target),
                        Numbers.of(consumer.perSecond(recordBytes)),
                        Numbers.of(toWrite()),
                        Numbers.of(toRead()),
                        atLeast,
                        producer.explained("P", recordBytes),
                        consumer.explained("C", recordBytes));
    }
}
