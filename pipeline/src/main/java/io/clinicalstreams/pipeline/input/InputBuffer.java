package io.clinicalstreams.pipeline.input;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of input that a lane holds in Kafka Streams' buffers: handed out by a consumer and not yet processed by the
 * lane's first step.
 */
public final class InputBuffer {

    /** More than what Kafka's client and Kafka Streams keep for a record besides its bytes. */
    private static final int RECORD_OVERHEAD = 256;

    private final Map<TopicPartition, Long> held = new ConcurrentHashMap<>();

    /** More than the objects of a header. */
    private static final int HEADER_OVERHEAD = 128;

    static long size(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return (long) length(key) + length(value) + overhead(headers);
    }

    /**
     * Of a record, besides its key and value. Copies the headers out of the batch: otherwise, each would keep the whole
     * record in memory a second time.
     */
    static long overhead(Headers headers) {
        long size = RECORD_OVERHEAD;
        for (Header header : headers) {
            size += HEADER_OVERHEAD + header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Records with these bytes are in the buffers now. */
    public void handedOut(TopicPartition partition, long bytes) {
        held.merge(partition, bytes, Long::sum);
    }

    /** The partition's buffer was dropped. */
    public void dropped(TopicPartition partition) {
        held.remove(partition);
    }

    public long held(TopicPartition partition) {
        return held.getOrDefault(partition, 0L);
    }

    /** The record leaves the buffer to be processed. */
    public void taken(RecordMetadata at, Record<byte[], byte[]> record) {
        long bytes = size(record.key(), record.value(), record.headers());
        held.computeIfPresent(
                new TopicPartition(at.topic(), at.partition()),
                (partition, before) -> before > bytes ? before - bytes : null);
    }
}
