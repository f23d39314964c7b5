package io.clinicalstreams.topics.size;

import java.util.List;

/**
 * What one lane needs.
 *
 * @param changelogWritten bytes/s by the lane, before copying
 * @param changelogStored bytes on all disks
 * @param changelogPartitions of its internal topics
 */
record LaneSize(List<Figure> figures, double changelogWritten, double changelogStored, int changelogPartitions) {

    LaneSize {
        figures = List.copyOf(figures);
    }
}
