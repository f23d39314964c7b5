package io.clinicalstreams.topics.plan;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one change.
 *
 * @param failure the cluster's refusal, for what failed
 */
public record Step(Change change, State state, @Nullable KafkaException failure) {

    /** How a change can end. */
    public enum State {
        DONE,
        FAILED,
        /** The cluster did not answer any more, or somebody interrupted. */
        NOT_TRIED
    }

    static Step done(Change change) {
        return new Step(change, State.DONE, null);
    }

    static Step failed(Change change, KafkaException failure) {
        return new Step(change, State.FAILED, failure);
    }

    static Step notTried(Change change) {
        return new Step(change, State.NOT_TRIED, null);
    }
}
