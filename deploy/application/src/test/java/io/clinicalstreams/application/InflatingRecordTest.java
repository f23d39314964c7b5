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
    void isRefusedAndTheSenderKnows(World world) throws Exception {
        world.applyReferenceData();
        PipelineProcess pipeline = world.pipeline("ward-1").awaitReady();
        try (KafkaProducer<byte[], byte[]> gateway = gateway(world, Map.of())) {
            RecordMetadata before = gateway.send(good("before", world)).get();

            assertRefused(gateway.send(inflating(world)));

            RecordMetadata after = gateway.send(good("after", world)).get();
            assertThat(after.partition()).isEqualTo(before.partition());
            assertThat(after.offset()).isEqualTo(before.offset() + 1);
        }
        assertThat(world.verdict().recorded()).containsEntry(TopicNames.OBSERVATION_RECORDED, 2L);
        assertThat(world.verdict().rejected()).isEmpty();
        pipeline.stop();
    }

    @Test
    void takesItsBatchAlongWhichCanBeSentAgain(World world) throws Exception {
        Map<String, Object> allInOneBatch = Map.of("batch.size", BATCH_FOR_ALL, "linger.ms", 10_000);
        try (KafkaProducer<byte[], byte[]> gateway = gateway(world, allInOneBatch)) {
            List<Future<RecordMetadata>> batch = List.of(
                    gateway.send(good("before", world)),
                    gateway.send(inflating(world)),
                    gateway.send(good("after", world)));
            gateway.flush();
            batch.forEach(InflatingRecordTest::assertRefused);

            List<Future<RecordMetadata>> again =
                    List.of(gateway.send(good("before", world)), gateway.send(good("after", world)));
            gateway.flush();
            assertThat(again.get(0).get().offset()).isZero();
            assertThat(again.get(1).get().offset()).isOne();
        }
    }

    @Test
    void isTakenWithoutTheLimit(World world) throws Exception {
        world.set(TopicNames.RESOURCE_RECEIVED, "max.decompressed.message.bytes", "2147483639");
        try (KafkaProducer<byte[], byte[]> gateway = gateway(world, Map.of())) {
            // The broker takes the new setting in its own time; what it refuses meanwhile takes no offset.
            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> gateway.send(inflating(world)).get().offset() == 0);
        }
    }

    /** The broker does not say which record of a batch it was. */
    private static void assertRefused(Future<RecordMetadata> sent) {
        assertThatThrownBy(sent::get)
                .cause()
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageNotContaining(PATIENT);
    }

    private static ProducerRecord<byte[], byte[]> good(String id, World world) {
        return record(Resources.potassium(id, PATIENT, "4.2"), world);
    }

    private static ProducerRecord<byte[], byte[]> inflating(World world) {
        String padded = "{" + " ".repeat(INFLATED);
        return record(Resources.potassium("inflating", PATIENT, "4.2").replaceFirst("\\{", padded), world);
    }

    private static ProducerRecord<byte[], byte[]> record(String value, World world) {
        return new ProducerRecord<>(world.fullName(TopicNames.RESOURCE_RECEIVED), bytes(PATIENT), bytes(value));
    }

    /** It compresses well and has no limit of its own. */
    private static KafkaProducer<byte[], byte[]> gateway(World world, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(world.client());
        settings.put("compression.type", "zstd");
        settings.put("max.request.size", 2 * BATCH_FOR_ALL);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
