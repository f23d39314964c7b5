package io.clinicalstreams.topics.size;

/**
 * How many partitions a topic needs: the source documents' max(T/P, T/C).
 *
 * @param target T, records/s of this topic
 * @param producer P, records/s into one partition
 * @param consumer C, records/s out of one partition by the slowest reader
 * @param atLeast brokers, so that each has work; more where a lane merges the topic with a larger one
 */
record Partitions(double target, double producer, double consumer, int atLeast) {

    int count() {
        double needed = Math.max(target / producer, target / consumer);
        return Math.max(atLeast, Numbers.up(needed));
    }

    String formula() {
        return "max(T/P, T/C) = max(%s/%s, %s/%s) = max(%s, %s), at least %d"
                .formatted(
                        Numbers.of(target),
                        Numbers.of(producer),
                        Numbers.of(target),
                        Numbers.of(consumer),
                        Numbers.of(target / producer),
                        Numbers.of(target / consumer),
                        atLeast);
    }
}
