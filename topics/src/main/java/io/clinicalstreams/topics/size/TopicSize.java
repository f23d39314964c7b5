package io.clinicalstreams.topics.size;

import java.util.Optional;

/**
 * What one topic needs.
 *
 * @param packing what its writer's packing leaves of a record, as a share
 * @param written bytes/s as packed, before copying
 * @param read bytes/s by all its readers
 * @param stored on all disks
 * @param goesByAge whether more disk would keep its records for longer
 * @param inCatalogue partitions that the catalogue gives it
 * @param workload its row in the source documents' table
 */
record TopicSize(
        String topic,
        Partitions partitions,
        double packing,
        double written,
        double read,
        Stored stored,
        boolean goesByAge,
        int inCatalogue,
        Optional<SourceWorkload> workload) {

    /** Whether the catalogue's partitions are enough. */
    boolean isEnough() {
        return inCatalogue >= partitions.count();
    }

    /** Partitions that it will have: the catalogue's, or more where those are too few. */
    int partitionsMade() {
        return Math.max(inCatalogue, partitions.count());
    }
}
