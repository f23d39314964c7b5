package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.alert.UnreadableStateException;
import io.clinicalstreams.pipeline.input.RepeatedAbortException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Handles the failure of a stream thread: replaces the thread while the budget lasts, then stops the lane, and with it
 * the process. A failure that a new thread cannot fix stops the lane at once. Only the failure's class is logged,
 * because its message may quote a record; our own messages that quote nothing are logged too.
 */
record ThreadFailures(String lane, ThreadBudget budget) implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    @Override
    public StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable cause = rootOf(failure);
        if (has(failure, InvalidOffsetException.class)) {
            return stop(whyInvalid(failure), cause);
        }
        if (has(failure, FencedInstanceIdException.class)) {
            return stop("another instance runs under this instance id; give each its own --instance-id", cause);
        }
        if (cause instanceof UnreadableStateException || cause instanceof RepeatedAbortException) {
            return stop(String.valueOf(cause.getMessage()), cause);
        }
        if (failure instanceof Error || !budget.take()) {
            return stop("too many threads failed", cause);
        }
        log("a thread failed and is replaced", cause);
        return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Each source partition had an offset in its log when the lane started. */
    static String whyInvalid(Throwable failure) {
        return has(failure, NoOffsetForPartitionException.class)
                ? "a source partition has no committed offset: partitions were added, or the group's offsets were"
                        + " deleted, while the lane was running. Start it again to see which"
                : "the committed offset is no longer in the log: input expired unread. Start with"
                        + " --accept-expired-input to continue after the gap";
    }

    /**
     * For every thread of the process without a handler of its own. Kafka rethrows some failures after it has called
     * {@link #handle}, and the JVM would print their messages, with a whole record in them.
     */
    static void ofAllThreads() {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> event(rootOf(failure)).log("a failure that nothing handled ended the thread"));
    }

    private StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse stop(String why, Throwable cause) {
        log(why + "; the lane stops", cause);
        return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void log(String message, Throwable cause) {
        event(cause).addKeyValue("lane", lane).log(message);
    }

    private static LoggingEventBuilder event(Throwable cause) {
        return LOG.atError()
                .addKeyValue("reason", cause.getClass().getName())
                .addKeyValue("at", cause.getStackTrace().length == 0 ? "?" : cause.getStackTrace()[0]);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
