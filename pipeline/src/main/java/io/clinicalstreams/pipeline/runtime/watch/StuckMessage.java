package io.clinicalstreams.pipeline.runtime.watch;

import io.clinicalstreams.topics.Lane;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Says in one sentence why a lane is stuck, where, and what to do. */
record StuckMessage(Lane lane, Duration patience, LaneOnCluster cluster) {

    private static final String REPAIR =
            "; 'topics check' says whether it hangs, and 'topics repair' aborts a hanging transaction";

    String of(StuckState state, Standstill.Oldest oldest) {
        String where = oldest.key() + (oldest.others() == 0 ? "" : " and " + oldest.others() + " more");
        String what =
                switch (state) {
                    case INPUT ->
                        "its committed offset %s in %s has not moved for %s s although input waits; errors logged before"
                                        .formatted(oldest.value(), where, patience.toSeconds())
                                + " this line say why, and if there are none, restart this instance";
                    case ABORTS ->
                        "the transaction that begins at offset %s in %s was aborted again; errors logged before this line say why,"
                                        .formatted(oldest.value(), where)
                                + " and the lane stops if this goes on";
                    case RESTORE ->
                        "restoring %s has stood still for %s s".formatted(where, patience.toSeconds())
                                + (isOpen(oldest.key())
                                        ? ": a transaction is open there" + REPAIR
                                        : "; restart this instance");
                    case REBALANCE ->
                        "it has been rebalancing for %s s".formatted(patience.toSeconds())
                                + (cluster.pendingCommits().isEmpty()
                                        ? "; errors logged before this line say why"
                                        : ", because a transaction with its offsets for " + cluster.pendingCommits()
                                                + " is open" + REPAIR);
                    case TRANSACTION ->
                        "it cannot read beyond offset %s in %s, where a transaction has been open for %s s"
                                        .formatted(oldest.value(), where, patience.toSeconds())
                                + REPAIR;
                    case UNREAD ->
                        "no member of group %s reads %s; restart the instances of this lane"
                                .formatted(lane.applicationId(), where);
                    case MEMBER -> "this instance is no member of group %s; restart it".formatted(lane.applicationId());
                    case TOPIC -> where + ' ' + oldest.value();
                };
        return "lane " + lane.name() + " is stuck: " + what;
    }

    private boolean isOpen(Object partition) {
        return partition instanceof TopicPartition changelog
                && !cluster.openTransactions(List.of(changelog)).isEmpty();
    }
}
