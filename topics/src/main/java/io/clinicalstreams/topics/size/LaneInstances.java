package io.clinicalstreams.topics.size;

/**
 * How many instances of a lane a load needs, plus spare ones, and enough for the standby replicas of its state.
 *
 * @param target records/s from its sources
 * @param recordBytes bytes of a record of its sources, uncompressed
 * @param thread rate of one thread
 * @param threads threads of one instance
 * @param partitions partitions of its sources; one thread processes a partition, so more threads than that are idle
 * @param standbys standby replicas of its state, each on another instance; 0 without state
 * @param spare instances that may be down while the others carry the load
 */
record LaneInstances(
        String lane,
        double target,
        double recordBytes,
        WorkRate thread,
        int threads,
        int partitions,
        int standbys,
        int spare) {

    int threadsNeeded() {
        return Math.max(1, Numbers.up("threads of a lane", target / thread.perSecond(recordBytes)));
    }

    int count() {
        return Math.max(1 + standbys, forLoad() + spare);
    }

    /** Instances that remain when the spare ones are down. */
    int left() {
        return count() - spare;
    }

    boolean isEnough() {
        return threadsNeeded() <= partitions;
    }

    private int forLoad() {
        return Numbers.up("instances of a lane", (double) threadsNeeded() / threads);
    }

    Figure figure() {
        return new Figure(
                lane + " lane",
                count(),
                "instances",
                Numbers.in(
                        "max(1 + standbys, load + spare) = max(1 + %s, %s + %s); load: T / one thread = %s / %s = %s threads,"
                                + " %s in an instance%s%s",
                        standbys,
                        forLoad(),
                        spare,
                        target,
                        thread.perSecond(recordBytes),
                        threadsNeeded(),
                        threads,
                        thread.explained("one thread", recordBytes),
                        isEnough() ? "" : "; MORE than the catalogue's " + partitions + " partitions can feed"));
    }
}
