package io.clinicalstreams.topics.size;

import java.util.List;

/**
 * What one lane needs.
 *
 * @param changelogWritten bytes/s by the lane, before copying
 * @param changelogRead bytes/s by standbys, all the time
 * @param changelogStored bytes on all disks
 * @param changelogPartitions of its internal topics
 */
record LaneSize(
        List<Figure> figures,
        double changelogWritten,
        double changelogRead,
        double changelogStored,
        int changelogPartitions) {

    /** Of a lane without state. */
    static LaneSize stateless(List<Figure> figures) {
        return new LaneSize(figures, 0, 0, 0, 0);
    }

    LaneSize {
        figures = List.copyOf(figures);
    }
}
