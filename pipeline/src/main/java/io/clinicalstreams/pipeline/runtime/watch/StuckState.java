package io.clinicalstreams.pipeline.runtime.watch;

import java.util.Locale;

/** A way in which a lane can be stuck while Kafka Streams reports RUNNING or REBALANCING. */
enum StuckState {
    /** A committed offset does not move although input waits. */
    INPUT,
    /** The transaction that begins at a committed offset was aborted more than once. */
    ABORTS,
    /** No record arrives for a changelog partition that is being restored. */
    RESTORE,
    /** It has nothing to restore and does not become RUNNING, for example because its own offsets are in an open transaction. */
    REBALANCE,
    /** A transaction stays open in a source, and the lane cannot read beyond it. */
    TRANSACTION,
    /** No member of the group reads a partition of a source. */
    UNREAD,
    /** This instance is not a member of its group. */
    MEMBER,
    /** A topic that the lane writes or holds in memory does not exist. */
    TOPIC;

    /** The tag of the metric; API. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
