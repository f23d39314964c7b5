package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import io.clinicalstreams.verifier.account.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Commands, lanes and verifier with the newest client on a broker of Kafka 4.3.1. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokersOfKafka43Test {

    private static final Path CLASS_PATH =
            Path.of(System.getProperty("project.root", "../.."), "deploy/cluster/kafka-4.3/target/classpath.txt");
    private static final short LEVEL_OF_4_3 = 30;
    private static final long SEED = 20_261_127;
    private static final int RATE = 300;
    private static final int SOME = 1_500;

    private LocalCluster cluster;
    private TestSystem system;

    @BeforeAll
    void start() throws IOException {
        cluster = LocalCluster.builder().classPath(Files.readString(CLASS_PATH)).start();
        system = TestSystem.empty(cluster.bootstrapServers(), "kafka-4-3", 1);
        CommandResult apply = system.topics("apply", "--yes");
        assertThat(apply.out().lines())
                .hasSize(system.catalogue().topics().size())
                .allMatch(line -> line.startsWith("created"));
        assertThat(apply.exitCode()).as(apply.err()).isZero();
        assertThat(apply.err())
                .contains("0 refused, 2 skipped")
                .contains("2 settings skipped, which the brokers' version of Kafka does not know");
    }

    @AfterAll
    void stop() {
        system.close();
        cluster.close();
    }

    @Test
    void areOfThatVersionAndDoNotKnowTheNewSettings() throws Exception {
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, system.fullName(TopicNames.RESOURCE_RECEIVED));
        try (Admin admin = system.admin()) {
            short level = admin.describeFeatures()
                    .featureMetadata()
                    .get()
                    .supportedFeatures()
                    .get("metadata.version")
                    .maxVersion();
            Map<ConfigResource, Config> described =
                    admin.describeConfigs(Set.of(topic)).all().get();
            Set<String> unknown =
                    new TreeSet<>(TopicDefinitions.configDef().configKeys().keySet());
            unknown.removeAll(described.get(topic).entries().stream()
                    .map(ConfigEntry::name)
                    .collect(Collectors.toSet()));

            assertThat(level).isEqualTo(LEVEL_OF_4_3);
            assertThat(TopicDefinitions.unknownTo(level)).containsExactlyInAnyOrderElementsOf(unknown);
        }
    }

    /** They have no limit on what a record inflates to. */
    @Test
    void refuseAnInflatingRecordIfTheTopicIsStoredUncompressed() throws Exception {
        byte[] inflating = new byte[8_000_000];
        try (Admin admin = system.admin();
                KafkaProducer<byte[], byte[]> gateway = InflatingRecordTest.gateway(system)) {
            admin.createTopics(List.of(
                            new NewTopic("as-sent", 1, (short) 1),
                            new NewTopic("uncompressed", 1, (short) 1)
                                    .configs(Map.of("compression.type", "uncompressed"))))
                    .all()
                    .get();

            assertThat(gateway.send(new ProducerRecord<>("as-sent", inflating))
                            .get()
                            .offset())
                    .isZero();
            assertThatThrownBy(() -> gateway.send(new ProducerRecord<>("uncompressed", inflating))
                            .get())
                    .cause()
                    .isInstanceOf(RecordTooLargeException.class);
            assertThat(gateway.send(new ProducerRecord<>("uncompressed", new byte[100_000]))
                            .get()
                            .offset())
                    .isZero();
        }
    }

    @Test
    void takeTheWholeWayWithNothingLostAndNothingDuplicated() {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        try (Recovery recovery = new Recovery(system, TopicNames.OBSERVATION_RECORDED);
                Load load = system.load(Scenario.of("everything").withSeed(SEED).withPatients(100), RATE)) {
            recovery.awaitMore(SOME);
            system.stop(load);
        }

        Verdict verdict = system.verdict();

        assertThat(verdict.recorded().get(TopicNames.OBSERVATION_RECORDED)).isGreaterThanOrEqualTo(SOME);
        assertThat(verdict.rekeyed()).isPositive();
        assertThat(verdict.rejected()).isNotEmpty();
        pipeline.stop();
    }
}
