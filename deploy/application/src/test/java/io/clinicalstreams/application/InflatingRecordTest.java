package io.clinicalstreams.application;

import static io.clinicalstreams.application.Resources.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.topics.TopicNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The broker rejects a small compressed record that decompresses beyond the input's limit. Nothing else stops. */
@OnOneBroker
class InflatingRecordTest {

    private static final String PATIENT = "Patient/inflating";
    private static final int INFLATED = 8_000_000;
    private static final int BATCH_FOR_ALL = 4 * INFLATED;

    @Test
    void isRefusedAndTheSenderKnows(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        try (KafkaProducer<byte[], byte[]> gateway = gateway(system, Map.of())) {
            RecordMetadata before = gateway.send(good("before", system)).get();

            assertRefused(gateway.send(inflating(system)));

            RecordMetadata after = gateway.send(good("after", system)).get();
            assertThat(after.partition()).isEqualTo(before.partition());
            assertThat(after.offset()).isEqualTo(before.offset() + 1);
        }
        assertThat(system.verdict().recorded()).containsEntry(TopicNames.OBSERVATION_RECORDED, 2L);
        assertThat(system.verdict().rejected()).isEmpty();
        pipeline.stop();
    }

    @Test
    void isRefusedWithItsBatchWhichCanBeSentAgain(TestSystem system) throws Exception {
        Map<String, Object> allInOneBatch = Map.of("batch.size", BATCH_FOR_ALL, "linger.ms", 10_000);
        try (KafkaProducer<byte[], byte[]> gateway = gateway(system, allInOneBatch)) {
            List<Future<RecordMetadata>> batch = List.of(
                    gateway.send(good("before", system)),
                    gateway.send(inflating(system)),
                    gateway.send(good("after", system)));
            gateway.flush();
            batch.forEach(InflatingRecordTest::assertRefused);

            List<Future<RecordMetadata>> again =
                    List.of(gateway.send(good("before", system)), gateway.send(good("after", system)));
            gateway.flush();
            assertThat(again.get(0).get().offset()).isZero();
            assertThat(again.get(1).get().offset()).isOne();
        }
    }

    @Test
    void isTakenWithoutTheLimit(TestSystem system) throws Exception {
        system.set(TopicNames.RESOURCE_RECEIVED, "max.decompressed.message.bytes", "2147483639");
        try (KafkaProducer<byte[], byte[]> gateway = gateway(system, Map.of())) {
            // The broker applies the new setting after a while; what it rejects meanwhile has no offset.
            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> gateway.send(inflating(system)).get().offset() == 0);
        }
    }

    /** The broker does not tell which record of a batch it rejected. */
    private static void assertRefused(Future<RecordMetadata> sent) {
        assertThatThrownBy(sent::get)
                .cause()
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageNotContaining(PATIENT);
    }

    private static ProducerRecord<byte[], byte[]> good(String id, TestSystem system) {
        return record(Resources.potassium(id, PATIENT, "4.2"), system);
    }

    private static ProducerRecord<byte[], byte[]> inflating(TestSystem system) {
        String padded = "{" + " ".repeat(INFLATED);
        return record(Resources.potassium("inflating", PATIENT, "4.2").replaceFirst("\\{", padded), system);
    }

    private static ProducerRecord<byte[], byte[]> record(String value, TestSystem system) {
        return new ProducerRecord<>(system.fullName(TopicNames.RESOURCE_RECEIVED), bytes(PATIENT), bytes(value));
    }

    /** It compresses and has no size limit. */
    static KafkaProducer<byte[], byte[]> gateway(TestSystem system) {
        return gateway(
                system, Map.of("max.request.size", Integer.MAX_VALUE, "buffer.memory", 4_000_000_000L, "linger.ms", 0));
    }

    private static KafkaProducer<byte[], byte[]> gateway(TestSystem system, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(system.client());
        settings.put("compression.type", "zstd");
        settings.put("max.request.size", 2 * BATCH_FOR_ALL);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
