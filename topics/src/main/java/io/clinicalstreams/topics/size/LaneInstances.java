package io.clinicalstreams.topics.size;

/**
 * How many instances of a lane a load needs.
 *
 * @param perThread records/s of one thread
 * @param threads of one instance
 * @param partitions of its sources; a partition is one thread's work, so more threads than that idle
 */
record LaneInstances(String lane, double target, double perThread, int threads, int partitions) {

    int threadsNeeded() {
        return Numbers.up(target / perThread);
    }

    int count() {
        return Numbers.up((double) threadsNeeded() / threads);
    }

    boolean isEnough() {
        return threadsNeeded() <= partitions;
    }

    Figure figure() {
        String formula = "T / one thread = %s / %s = %d threads, %d in an instance"
                .formatted(Numbers.of(target), Numbers.of(perThread), threadsNeeded(), threads);
        String warning = isEnough() ? "" : "; MORE than the catalogue's %d partitions can feed".formatted(partitions);
        return new Figure(lane + " lane", count(), "instances", formula + warning);
    }
}
