package io.clinicalstreams.peer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/** A Kafka Streams application that is running. */
public final class StreamsProcessing implements Peer.Processing {

    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final int threads;
    private final Supplier<Map<String, Long>> counts;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private StreamsProcessing(KafkaStreams streams, int threads, Supplier<Map<String, Long>> counts) {
        this.streams = streams;
        this.threads = threads;
        this.counts = counts;
    }

    /** @param counts what it counted so far */
    public static Peer.Processing start(
            KafkaStreams streams, StreamsConfig config, Supplier<Map<String, Long>> counts) {
        StreamsProcessing processing =
                new StreamsProcessing(streams, config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG), counts);
        streams.setUncaughtExceptionHandler(thrown -> {
            processing.failure.compareAndSet(null, thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        return processing;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure.get();
    }

    @Override
    public Map<String, Long> counts() {
        return counts.get();
    }

    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
