package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one change.
 *
 * @param failure the cluster's refusal, or why it did not answer
 */
public record Step(Change change, State state, @Nullable KafkaException failure) {

    public enum State {
        DONE,
        FAILED,
        /** The cluster did not answer, or does not show the change everywhere; a new plan tells. */
        UNKNOWN,
        /** The cluster had stopped answering, or the command was interrupted. */
        NOT_TRIED
    }

    static Step done(Change change) {
        return new Step(change, State.DONE, null);
    }

    static Step failed(Change change, KafkaException failure) {
        return new Step(change, ClusterAnswer.isUnknown(failure) ? State.UNKNOWN : State.FAILED, failure);
    }

    static Step unknown(Change change, KafkaException why) {
        return new Step(change, State.UNKNOWN, why);
    }

    static Step notTried(Change change) {
        return new Step(change, State.NOT_TRIED, null);
    }
}
