package io.clinicalstreams.pipeline.input;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Ends a poll at a number of bytes; Kafka only has a limit on records. A value beyond the limit is refused as if it could
 * not be deserialized: the poll then returns the records before it, and the next poll begins with it. The first value of
 * a poll is never refused.
 */
final class PollBudget implements Deserializer<byte @Nullable []> {

    /** Nothing is wrong, so there is no stack trace: this happens with every poll while large records wait. */
    private static final class NextPoll extends SerializationException {

        private static final long serialVersionUID = 1L;

        NextPoll() {
            super("for the next poll");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private long left;
    private boolean isFirst = true;

    /** Begins a poll. */
    void open(long bytes) {
        left = bytes;
        isFirst = true;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] value) {
        return value;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer value) {
        if (value == null) {
            return null;
        }
        if (!isFirst && value.remaining() > left) {
            throw new NextPoll();
        }
        isFirst = false;
        left -= value.remaining();
        return Utils.toArray(value);
    }
}
