package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Topics in memory, written by hand. */
public final class MemoryTopics implements TopicSource {

    private static final int LARGE = 4 << 20;

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

    public static VerifiedTopics verified() {
        return verified(FhirSettings.DEFAULT);
    }

    public static VerifiedTopics verified(FhirSettings fhir) {
        List<VerifiedTopic> recorded = List.of(
                topic(TopicNames.OBSERVATION_RECORDED, 6, LARGE),
                topic(TopicNames.MEDICATION_REQUESTED, 4, LARGE),
                topic(TopicNames.ENCOUNTER_CHANGED, 3, LARGE),
                topic(TopicNames.MEDICATION_CATALOG, 2, LARGE));
        return new VerifiedTopics(
                topic("clinical.resource.received", 6, LARGE),
                topic("clinical.resource.rekeyed", 6, LARGE),
                topic("clinical.resource.rejected", 2, LARGE),
                recorded,
                topic("clinical.alert.generated", 4, LARGE),
                topic("clinical.alert.current", 4, LARGE),
                topic("reference.alert.rule", 2, LARGE),
                topic("clinical.resource.accounted", 0, LARGE),
                fhir);
    }

    private static VerifiedTopic topic(String name, int partitions, int maxBytes) {
        return new VerifiedTopic(name, "test." + name, partitions, maxBytes);
    }

    /** Appends an input under the key, on its partition or on 0 without a key. */
    public Coordinates send(@Nullable String key, byte @Nullable [] value) {
        int partition = key == null ? 0 : verified().received().partitionOf(bytes(key));
        return append(verified().received(), partition, key, value, new RecordHeaders(), 0);
    }

    public Coordinates send(@Nullable String key, String value) {
        return send(key, bytes(value));
    }

    public Coordinates sendAt(long millis, String key, String value) {
        int partition = verified().received().partitionOf(bytes(key));
        return append(verified().received(), partition, key, bytes(value), new RecordHeaders(), millis);
    }

    public Coordinates sendTo(int partition, @Nullable String key, String value) {
        return append(verified().received(), partition, key, bytes(value), new RecordHeaders(), 0);
    }

    public void record(String destination, String key, String value, Coordinates origin) {
        output(verified().recorded(destination), key, bytes(value), origin, Map.of());
    }

    public void reject(@Nullable String key, byte @Nullable [] value, String reason, Coordinates origin) {
        output(verified().rejected(), key, value, origin, Map.of(HeaderNames.REASON, reason));
    }

    public void rekey(String key, String value, Coordinates origin) {
        output(verified().rekeyed(), key, bytes(value), origin, Map.of(HeaderNames.RECEIVED_AT, "0"));
    }

    /** Appends an output on the partition of its key. */
    public Coordinates output(
            VerifiedTopic topic,
            @Nullable String key,
            byte @Nullable [] value,
            Coordinates origin,
            Map<String, String> more) {
        int partition = key == null ? 0 : topic.partitionOf(bytes(key));
        return outputTo(partition, topic, key, value, origin, more);
    }

    public Coordinates outputTo(
            int partition,
            VerifiedTopic topic,
            @Nullable String key,
            byte @Nullable [] value,
            Coordinates origin,
            Map<String, String> more) {
        Headers headers = new RecordHeaders().add(HeaderNames.ORIGIN, origin.toBytes());
        more.forEach((name, text) -> headers.add(name, bytes(text)));
        return append(topic, partition, key, value, headers, 0);
    }

    public Coordinates append(
            VerifiedTopic topic,
            int partition,
            @Nullable String key,
            byte @Nullable [] value,
            Headers headers,
            long timestamp) {
        List<ConsumerRecord<byte[], byte[]>> log =
                records.computeIfAbsent(new TopicPartition(topic.fullName(), partition), any -> new ArrayList<>());
        byte[] keyBytes = key == null ? null : bytes(key);
        log.add(new ConsumerRecord<>(
                topic.fullName(),
                partition,
                log.size(),
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                keyBytes == null ? -1 : keyBytes.length,
                value == null ? -1 : value.length,
                keyBytes,
                value,
                headers,
                Optional.empty()));
        return Coordinates.ofRecord(topic.fullName(), partition, log.size() - 1);
    }

    @Override
    public Mark read(VerifiedTopic topic, Mark from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            TopicPartition key = new TopicPartition(topic.fullName(), partition);
            List<ConsumerRecord<byte[], byte[]>> log = records.getOrDefault(key, List.of());
            log.stream().filter(record -> record.offset() >= from.of(key)).forEach(each);
            ends.put(key, (long) log.size());
        }
        return new Mark(ends);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
