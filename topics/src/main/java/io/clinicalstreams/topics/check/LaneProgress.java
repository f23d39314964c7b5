package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Lane;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * A lane's progress in its sources.
 *
 * @param hasCommitted whether its group has committed offsets; without any it never started, or they expired
 * @param partitions partitions of its sources with a known end
 * @param leaderless the other partitions, whose lag is unknown
 */
record LaneProgress(Lane lane, boolean hasCommitted, List<LaneLag> partitions, List<TopicPartition> leaderless) {

    LaneProgress {
        partitions = List.copyOf(partitions);
        leaderless = List.copyOf(leaderless);
    }

    boolean hasUnread() {
        return partitions.stream().anyMatch(lag -> lag.unread() > 0);
    }
}
