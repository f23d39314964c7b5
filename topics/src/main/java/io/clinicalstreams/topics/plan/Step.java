package io.clinicalstreams.topics.plan;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one change.
 *
 * @param failure the cluster's refusal, or why there is no answer
 */
public record Step(Change change, State state, @Nullable KafkaException failure) {

    /** How a change can end. */
    public enum State {
        DONE,
        FAILED,
        /** No answer came, so it may have been done all the same; planning again tells. */
        UNKNOWN,
        /** The cluster did not answer any more, or the command was interrupted. */
        NOT_TRIED
    }

    static Step done(Change change) {
        return new Step(change, State.DONE, null);
    }

    static Step failed(Change change, KafkaException failure) {
        boolean isUnanswered = failure instanceof TimeoutException || failure instanceof InterruptException;
        return new Step(change, isUnanswered ? State.UNKNOWN : State.FAILED, failure);
    }

    static Step notTried(Change change) {
        return new Step(change, State.NOT_TRIED, null);
    }
}
