package io.clinicalstreams.trial;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a step sees of Kafka Streams when its input comes from files: where the current input is and when it was
 * received. There is no clock.
 *
 * @param <K> the keys that the step forwards
 * @param <V> and the values
 */
final class FileTask<K, V> implements ProcessorContext<K, V> {

    private final @Nullable StateStore store;
    private final Consumer<Record<K, V>> next;
    private final List<Punctuator> schedules = new ArrayList<>();
    private Optional<RecordMetadata> input = Optional.empty();
    private long streamTime;

    /**
     * @param store of the step; null if it has none
     * @param next takes what the step forwards
     */
    FileTask(@Nullable StateStore store, Consumer<Record<K, V>> next) {
        this.store = store;
        this.next = next;
    }

    /**
     * The step processes this input next.
     *
     * @param input empty for what is due without input
     */
    void at(Optional<RecordMetadata> input, long streamTime) {
        this.input = input;
        this.streamTime = streamTime;
    }

    /** Does once what the step has scheduled. */
    void punctuate() {
        schedules.forEach(schedule -> schedule.punctuate(streamTime));
    }

    @Override
    @SuppressWarnings("unchecked") // A record cannot be changed.
    public <A extends K, B extends V> void forward(Record<A, B> record) {
        next.accept((Record<K, V>) record);
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record, String childName) {
        forward(record);
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return input;
    }

    @Override
    public long currentStreamTimeMs() {
        return streamTime;
    }

    /** Later than every input, so that no step hurries. */
    @Override
    public long currentSystemTimeMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        schedules.add(callback);
        return () -> schedules.remove(callback);
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        return schedule(interval, type, callback);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As Kafka Streams defines it.
    public <S extends StateStore> S getStateStore(String name) {
        if (store == null || !store.name().equals(name)) {
            throw new IllegalArgumentException("no such store: " + name);
        }
        return (S) store;
    }

    @Override
    public void commit() {}

    @Override
    public TaskId taskId() {
        return new TaskId(0, 0);
    }

    @Override
    public String applicationId() {
        return "trial";
    }

    @Override
    public Serde<?> keySerde() {
        return Serdes.ByteArray();
    }

    @Override
    public Serde<?> valueSerde() {
        return Serdes.ByteArray();
    }

    @Override
    public File stateDir() {
        throw new UnsupportedOperationException("nothing is kept on disk");
    }

    @Override
    public StreamsMetrics metrics() {
        throw new UnsupportedOperationException("the steps count in the ledger");
    }

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }
}
