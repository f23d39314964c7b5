package io.clinicalstreams.pipeline.input;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Ends a poll at a number of bytes; Kafka only has a limit on records. It deserializes keys and values. One beyond the
 * limit is refused as if it could not be deserialized: the poll then returns the records before it, and the next poll
 * begins with its record. The first record of a poll is never refused. Headers count with their record's key or value;
 * Kafka shows a deserializer nothing of a record that has neither.
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
    private boolean isFirst;

    /** Of the last record: the same object for its key and its value, and another for each record. */
    private @Nullable Headers record;

    /** Begins a poll. */
    void open(long bytes) {
        left = bytes;
        record = null;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] bytes) {
        return bytes;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        long size = bytes.remaining() + begun(headers);
        if (!isFirst && size > left) {
            throw new NextPoll();
        }
        left -= size;
        return Utils.toArray(bytes);
    }

    /** Returns what the record takes besides its key and value, once. */
    @SuppressWarnings("ReferenceEquality") // Two records may have equal headers.
    private long begun(Headers headers) {
        if (headers == record) {
            return 0;
        }
        isFirst = record == null;
        record = headers;
        return InputBuffer.overhead(headers);
    }
}
