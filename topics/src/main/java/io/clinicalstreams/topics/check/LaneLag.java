package io.clinicalstreams.topics.check;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A lane's lag in one partition of a source. All offsets are as seen by a read-committed consumer.
 *
 * @param committed the group's committed offset; null if there is none
 * @param start the first available offset
 * @param end the offset after the last record
 * @param withinObjective the first offset whose record is younger than the objective's maximum lag; null if there is
 *     none
 * @param endsWithMarker whether the last offset is a transaction marker, as in topics that only lanes write; a group
 *     commits the offset after its last record, which is that of the marker, and stays there
 */
record LaneLag(
        TopicPartition partition,
        @Nullable Long committed,
        long start,
        long end,
        @Nullable Long withinObjective,
        boolean endsWithMarker) {

    /** Whether retention deleted input before the group read it. */
    boolean expiredUnread() {
        return committed != null && committed + marker() < start;
    }

    long unread() {
        return Math.max(0, end - marker() - next());
    }

    /** Whether the oldest unread record has waited longer than the objective allows. */
    boolean isBeyondObjective() {
        return unread() > 0 && (withinObjective == null || next() < withinObjective);
    }

    private long next() {
        return committed == null ? start : Math.max(committed, start);
    }

    private int marker() {
        return endsWithMarker ? 1 : 0;
    }
}
