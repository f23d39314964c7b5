package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Without rules nothing is evaluated: the alerting lane waits, and then misses nothing. */
@OnOneBroker
class StartsPausedTest {

    private static final int PATIENTS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void nothingIsEvaluatedWithoutRules(World world) throws Exception {
        PipelineProcess pipeline = world.pipeline("ward-1").awaitStarted();
        world.send(criticalValues("before"));
        awaitRecorded(world, PATIENTS);

        assertThat(pipeline.status("/health/ready")).isEqualTo(503);
        assertThat(pipeline.status("/health/live")).isEqualTo(200);
        assertThat(pipeline.metric("clinical_lane_paused", "lane=\"alerting\"")).isEqualTo(1);
        assertThat(pipeline.metric("clinical_observations_evaluated_total", "")).isZero();
        assertThat(committed(world))
                .allSatisfy((partition, offset) -> assertThat(offset.offset()).isZero());
        assertThat(world.read(TopicNames.ALERT_GENERATED)).isEmpty();

        world.applyReferenceData();
        pipeline.awaitReady();
        awaitAlerts(world, PATIENTS);
        world.awaitQuiet();

        removeAllRules(world);
        await().atMost(PATIENCE).until(() -> pipeline.metric("clinical_lane_paused", "lane=\"alerting\"") == 1);
        assertThat(pipeline.status("/health/ready")).isEqualTo(503);
        Map<TopicPartition, OffsetAndMetadata> whenTheRulesWent = committed(world);
        world.send(criticalValues("without"));
        awaitRecorded(world, 2 * PATIENTS);
        assertThat(pipeline.metric("clinical_observations_evaluated_total", "")).isEqualTo(PATIENTS);
        assertThat(committed(world)).isEqualTo(whenTheRulesWent);
        assertThat(world.read(TopicNames.ALERT_GENERATED)).hasSize(PATIENTS);

        world.applyReferenceData();
        pipeline.awaitReady();
        awaitAlerts(world, 2 * PATIENTS);
        world.verdict();
    }

    /** One patient each. */
    private static List<Outgoing> criticalValues(String group) {
        return IntStream.range(0, PATIENTS)
                .mapToObj(i -> {
                    String patient = "Patient/" + group + '-' + i;
                    return Outgoing.of(
                            Resources.bytes(patient),
                            Resources.bytes(Resources.potassium(group + '-' + i, patient, "7.1")));
                })
                .toList();
    }

    private static void awaitRecorded(World world, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.read(TopicNames.OBSERVATION_RECORDED))
                .hasSize(count));
    }

    private static void awaitAlerts(World world, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.read(TopicNames.ALERT_GENERATED))
                .hasSize(count));
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(World world) throws Exception {
        Lane alerting = world.catalogue().lane("alerting");
        try (Admin admin = world.admin()) {
            return admin.listConsumerGroupOffsets(alerting.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    /** A tombstone for each key there is. */
    private static void removeAllRules(World world) {
        Map<String, Object> settings = new HashMap<>(world.client());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Stream<byte[]> keys = world.read(TopicNames.ALERT_RULE).stream().map(record -> record.key());
            keys.forEach(key -> {
                var unused = producer.send(new ProducerRecord<>(world.fullName(TopicNames.ALERT_RULE), key, null));
            });
        }
    }
}
