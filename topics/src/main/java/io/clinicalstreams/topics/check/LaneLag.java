package io.clinicalstreams.topics.check;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane's group is in one partition of a source. All offsets are those that a reader of committed records sees.
 *
 * @param committed where the group goes on; null when it has not begun
 * @param start the first offset that is still there
 * @param end behind the last record
 * @param withinObjective the first offset whose record is younger than the objective's maximum lag; null when none is
 */
record LaneLag(
        TopicPartition partition,
        @Nullable Long committed,
        long start,
        long end,
        @Nullable Long withinObjective) {

    /** Offsets by partition, as a cluster gives them. */
    record Offsets(
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> start,
            Map<TopicPartition, Long> end,
            Map<TopicPartition, Long> withinObjective) {

        LaneLag of(TopicPartition partition) {
            return new LaneLag(
                    partition,
                    committed.get(partition),
                    start.getOrDefault(partition, 0L),
                    end.getOrDefault(partition, 0L),
                    withinObjective.get(partition));
        }
    }

    /** Input that retention deleted before the group read it. */
    boolean expiredUnread() {
        return committed != null && committed < start;
    }

    long unread() {
        return end - (committed == null ? start : Math.max(committed, start));
    }

    /** Whether the oldest unread record waits longer than the objective allows. */
    boolean isBeyondObjective() {
        if (unread() <= 0) {
            return false;
        }
        long next = committed == null ? start : Math.max(committed, start);
        return withinObjective == null || next < withinObjective;
    }
}
