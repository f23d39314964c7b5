package io.clinicalstreams.topics.repair;

import org.apache.kafka.common.TopicPartition;

/** @param offset of its first record; no read-committed reader gets beyond it */
public record HangingTransaction(TopicPartition partition, long offset) {

    /** For example {@code clinical-streams.alerting-patient-state-changelog-1 at offset 316}. */
    @Override
    public String toString() {
        return partition + " at offset " + offset;
    }
}
