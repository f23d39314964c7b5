package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Lane;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a lane is in its sources.
 *
 * @param hasCommitted whether its group keeps an offset; without one it has not begun, or was away too long
 * @param partitions those of its sources of which the cluster says where they end
 * @param leaderless the others: what is unread there is unknown
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
