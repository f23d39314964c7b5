package io.clinicalstreams.topics.check;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane's group is in one partition of a source. All offsets are those that a reader of committed records sees.
 *
 * @param committed where the group goes on; null when it has not begun
 * @param start the first offset that is still there
 * @param end behind the last record
 * @param withinObjective the first offset whose record is younger than the objective's maximum lag; null when none is
 * @param endsWithMarker whether the last offset is no record but the end of a transaction, as where only lanes write; a
 *     group commits behind the last record that it processed, so before that marker, and stays there
 */
record LaneLag(
        TopicPartition partition,
        @Nullable Long committed,
        long start,
        long end,
        @Nullable Long withinObjective,
        boolean endsWithMarker) {

    /** Input that retention deleted before the group read it. */
    boolean expiredUnread() {
        return committed != null && committed + marker() < start;
    }

    long unread() {
        return Math.max(0, end - marker() - next());
    }

    /** Whether the oldest unread record waits longer than the objective allows. */
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
