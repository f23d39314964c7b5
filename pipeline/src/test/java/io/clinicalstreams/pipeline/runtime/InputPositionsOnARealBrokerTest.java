package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Determines a lane's first start from the cluster. Each test has its own topics. */
@Tag("broker")
class InputPositionsOnARealBrokerTest {

    private static LocalCluster cluster;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private Lane recording;
    private Lane alerting;
    private Catalogue catalogue;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.builder().start();
        Map<String, Object> client = Map.of("bootstrap.servers", cluster.bootstrapServers());
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        admin.close();
        cluster.close();
    }

    @BeforeEach
    void makeTopics(TestInfo test) throws Exception {
        catalogue = named(Integer.toHexString(test.getDisplayName().hashCode()) + '.');
        recording = catalogue.lane("recording");
        alerting = catalogue.lane("alerting");
        assertThat(TopicsOnCluster.createMissing(catalogue, admin)).isNotEmpty();
        write(TopicNames.RESOURCE_RECEIVED);
    }

    @Test
    void aFirstStartBeginsAtTheStartOfEveryPartition() throws Exception {
        prepare(recording, false);

        assertThat(committed(recording)).hasSize(12).allSatisfy((partition, offset) -> assertThat(offset.offset())
                .isZero());
    }

    @Test
    void itIsAFirstStartAlthoughOthersHaveWrittenWhereTheLaneWritesToo() throws Exception {
        write(TopicNames.RESOURCE_REKEYED);
        write(TopicNames.MEDICATION_CATALOG);
        write(TopicNames.ALERT_RULE);
        write(TopicNames.ALERT_CURRENT);
        write(TopicNames.ALERT_GENERATED);

        prepare(recording, false);
        prepare(alerting, false);

        assertThat(committed(recording)).hasSize(12);
        assertThat(committed(alerting)).hasSize(12);
    }

    @Test
    void refusesToTakeLostOffsetsOfTheRecordingLaneForAFirstStart() throws Exception {
        prepare(recording, false);
        write(TopicNames.OBSERVATION_RECORDED);
        admin.deleteConsumerGroups(List.of(recording.applicationId())).all().get();

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> prepare(recording, true))
                .withMessageContaining("no committed offset")
                .withMessageContaining("--reset-offsets");
    }

    @Test
    void refusesToTakeLostOffsetsOfTheAlertingLaneForAFirstStart() throws Exception {
        String changelog = alerting.internalTopics().get(0);
        admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1))).all().get();
        prepare(alerting, false);
        producer.send(new ProducerRecord<>(changelog, new byte[] {'k'}, new byte[] {'v'}))
                .get();
        admin.deleteConsumerGroups(List.of(alerting.applicationId())).all().get();

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> prepare(alerting, false))
                .withMessageContaining("no committed offset");
    }

    @Test
    void aMissingChangelogIsLostStateUntilTheOperatorSetsWhereToRebuildItFrom() throws Exception {
        TopicPartition received = partition(TopicNames.RESOURCE_RECEIVED);
        prepare(alerting, false);
        assertThatCode(() -> prepare(alerting, false))
                .as("before the first start that came so far")
                .doesNotThrowAnyException();
        admin.alterConsumerGroupOffsets(
                        alerting.applicationId(),
                        Map.of(received, new OffsetAndMetadata(1, "as Kafka Streams commits")))
                .all()
                .get();

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> prepare(alerting, true))
                .withMessageContaining(alerting.internalTopics().get(0) + " does not exist")
                .withMessageContaining("--reset-offsets --to-earliest");

        admin.alterConsumerGroupOffsets(alerting.applicationId(), Map.of(received, new OffsetAndMetadata(0)))
                .all()
                .get();
        assertThatCode(() -> prepare(alerting, false)).doesNotThrowAnyException();
    }

    @Test
    void aChangelogThatWasCreatedAgainIsLostStateIfTheLaneHasRaisedAlerts() throws Exception {
        String changelog = alerting.internalTopics().get(0);
        admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1))).all().get();
        admin.alterConsumerGroupOffsets(
                        alerting.applicationId(),
                        Map.of(
                                partition(TopicNames.RESOURCE_RECEIVED),
                                new OffsetAndMetadata(1, "as Kafka Streams commits")))
                .all()
                .get();
        assertThatCode(() -> prepare(alerting, false))
                .as("no alert so far, so no state to lose")
                .doesNotThrowAnyException();
        write(TopicNames.ALERT_GENERATED);

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> prepare(alerting, true))
                .withMessageContaining(changelog + " is empty: its state, including open alerts, is lost");

        producer.send(new ProducerRecord<>(changelog, new byte[] {'k'}, new byte[] {'v'}))
                .get();
        assertThatCode(() -> prepare(alerting, false)).doesNotThrowAnyException();
    }

    @Test
    void continuesWhereTheOperatorSetItTo() throws Exception {
        write(TopicNames.OBSERVATION_RECORDED);
        TopicPartition received = partition(TopicNames.RESOURCE_RECEIVED);
        admin.alterConsumerGroupOffsets(recording.applicationId(), Map.of(received, new OffsetAndMetadata(1)))
                .all()
                .get();

        prepare(recording, false);

        assertThat(committed(recording)).hasSize(12).hasEntrySatisfying(received, offset -> assertThat(offset.offset())
                .isEqualTo(1));
    }

    @Test
    void inputThatExpiredBeforeTheFirstStartMustBeAccepted() throws Exception {
        TopicPartition received = partition(TopicNames.RESOURCE_RECEIVED);
        admin.deleteRecords(Map.of(received, RecordsToDelete.beforeOffset(1)))
                .all()
                .get();

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> prepare(recording, false))
                .withMessageContaining("input expired unread in " + received);
        assertThatCode(() -> prepare(recording, true)).doesNotThrowAnyException();
        assertThat(committed(recording)).hasEntrySatisfying(received, offset -> assertThat(offset.offset())
                .isEqualTo(1));
    }

    private static void prepare(Lane lane, boolean acceptExpired) throws InterruptedException {
        new InputPositions(admin, lane).prepare(lane.sources().get(0).partitions(), acceptExpired);
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Lane lane) throws Exception {
        return admin.listConsumerGroupOffsets(lane.applicationId())
                .partitionsToOffsetAndMetadata()
                .get();
    }

    /** One record into the first partition. */
    private void write(String topic) throws Exception {
        TopicPartition to = partition(topic);
        producer.send(new ProducerRecord<>(to.topic(), to.partition(), new byte[] {'k'}, new byte[] {'v'}))
                .get();
    }

    private TopicPartition partition(String topic) {
        return new TopicPartition(catalogue.topic(topic).fullName(), 0);
    }

    private static Catalogue named(String prefix) {
        return CatalogueLoader.load("development")
                .named(topic -> prefix + topic.fullName(), lane -> prefix + lane.applicationId());
    }
}
