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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Without rules nothing is evaluated: the alerting lane waits, and then misses nothing. */
@OnOneBroker
@Tag("fault")
class StartsPausedTest {

    private static final int PATIENTS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void nothingIsEvaluatedWithoutRules(TestSystem system) throws Exception {
        PipelineProcess pipeline = system.pipeline("ward-1").awaitStarted();
        system.send(criticalValues("before"));
        awaitRecorded(system, PATIENTS);

        assertThat(pipeline.status("/health/ready")).isEqualTo(503);
        assertThat(pipeline.status("/health/live")).isEqualTo(200);
        assertThat(pipeline.metric("clinical_lane_paused", "lane=\"alerting\"")).isEqualTo(1);
        assertThat(pipeline.metric("clinical_observations_evaluated_total", "")).isZero();
        assertThat(committed(system))
                .allSatisfy((partition, offset) -> assertThat(offset.offset()).isZero());
        assertThat(system.read(TopicNames.ALERT_GENERATED)).isEmpty();

        system.applyReferenceData();
        pipeline.awaitReady();
        awaitAlerts(system, PATIENTS);
        system.awaitQuiet();

        removeAllRules(system);
        await().atMost(PATIENCE).until(() -> pipeline.metric("clinical_lane_paused", "lane=\"alerting\"") == 1);
        assertThat(pipeline.status("/health/ready")).isEqualTo(503);
        Map<TopicPartition, OffsetAndMetadata> whenTheRulesWent = committed(system);
        system.send(criticalValues("without"));
        awaitRecorded(system, 2 * PATIENTS);
        assertThat(pipeline.metric("clinical_observations_evaluated_total", "")).isEqualTo(PATIENTS);
        assertThat(committed(system)).isEqualTo(whenTheRulesWent);
        assertThat(system.read(TopicNames.ALERT_GENERATED)).hasSize(PATIENTS);

        system.applyReferenceData();
        pipeline.awaitReady();
        awaitAlerts(system, 2 * PATIENTS);
        system.verdict();

        anUnreadableRuleKeepsTheLastSetInForce(system, pipeline);
    }

    /** Also after a restart, while the topic still has the earlier record. */
    private static void anUnreadableRuleKeepsTheLastSetInForce(TestSystem system, PipelineProcess pipeline)
            throws Exception {
        write(system, "curated/potassium-high", "{\"title\":\"not a rule\"}");
        await().atMost(PATIENCE).until(() -> pipeline.metric("clinical_alert_rules_unreadable", "") == 1);
        assertThat(pipeline.metric("clinical_alert_rules_up_to_date", "")).isZero();
        assertThat(pipeline.status("/health/ready")).isEqualTo(200);
        system.send(criticalValues("unreadable"));
        awaitAlerts(system, 3 * PATIENTS);
        pipeline.stop();

        PipelineProcess restarted = system.pipeline("ward-1").awaitReady();
        assertThat(restarted.metric("clinical_alert_rules_unreadable", "")).isEqualTo(1);
        assertThat(restarted.body("/health/ready"))
                .contains("these records of alert rules cannot be read: curated/potassium-high");
        system.send(criticalValues("restarted"));
        awaitAlerts(system, 4 * PATIENTS);
        restarted.stop();
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

    private static void awaitRecorded(TestSystem system, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(system.read(TopicNames.OBSERVATION_RECORDED))
                .hasSize(count));
    }

    private static void awaitAlerts(TestSystem system, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(system.read(TopicNames.ALERT_GENERATED))
                .hasSize(count));
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(TestSystem system) throws Exception {
        Lane alerting = system.catalogue().lane("alerting");
        try (Admin admin = system.admin()) {
            return admin.listConsumerGroupOffsets(alerting.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    private static void write(TestSystem system, String rule, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                new HashMap<>(system.client()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            system.fullName(TopicNames.ALERT_RULE), Resources.bytes(rule), Resources.bytes(value)))
                    .get();
        }
    }

    /** A tombstone for each existing key. */
    private static void removeAllRules(TestSystem system) {
        Map<String, Object> settings = new HashMap<>(system.client());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Stream<byte[]> keys = system.read(TopicNames.ALERT_RULE).stream().map(record -> record.key());
            keys.forEach(key -> {
                var unused = producer.send(new ProducerRecord<>(system.fullName(TopicNames.ALERT_RULE), key, null));
            });
        }
    }
}
