package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** If continuing would split a patient's state or skip input, the pipeline reports it and does not start. */
@OnOneBroker
@Tag("fault")
class RefusesToStartTest {

    private static final int SOME = 50;
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void partitionsThatDifferFromTheEnvironment(TestSystem system) throws Exception {
        try (Admin admin = system.admin()) {
            admin.createPartitions(Map.of(system.fullName(TopicNames.RESOURCE_REKEYED), NewPartitions.increaseTo(6)))
                    .all()
                    .get();
        }

        PipelineProcess pipeline = system.pipeline("ward-1");

        assertThat(pipeline.awaitExit(SOON)).isEqualTo(1);
        assertThat(pipeline.output())
                .contains(system.fullName(TopicNames.RESOURCE_REKEYED) + ": partitions is 6, must be 4")
                .contains("the topics do not match environment "
                        + system.catalogue().environment());
    }

    @Test
    void lostStateUntilTheOperatorSetsWhereToRebuildItFrom(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline = system.withShortSessions().pipeline("ward-1").awaitReady();
        system.send(readings("read"));
        system.awaitQuiet();
        pipeline.stop();
        String changelog = system.catalogue().lane("alerting").internalTopics().get(0);
        try (Admin admin = system.admin()) {
            admin.deleteTopics(List.of(changelog)).all().get();
        }

        PipelineProcess refusing = system.pipeline("ward-1");
        assertThat(refusing.awaitExit(SOON)).isEqualTo(1);
        assertThat(refusing.output())
                .contains("lane alerting has run before, but " + changelog + " does not exist")
                .contains("--reset-offsets --to-earliest");

        loseOffsets(system);
        goOnAt(system, OffsetSpec.earliest());
        system.pipeline("ward-1").awaitReady();
        system.send(readings("since"));
        system.awaitQuiet();
        try (Admin admin = system.admin()) {
            assertThat(admin.describeTopics(List.of(changelog)).allTopicNames().get())
                    .containsKey(changelog);
        }
    }

    @Test
    void aClusterOfAnotherEnvironment(TestSystem system) throws Exception {
        String marker = system.catalogue().where().namePrefix() + "clinical-streams.environment.hospital";
        try (Admin admin = system.admin()) {
            admin.createTopics(List.of(new NewTopic(marker, 1, (short) 1)))
                    .all()
                    .get();
        }

        PipelineProcess pipeline = system.pipeline("ward-1");

        assertThat(pipeline.awaitExit(SOON)).isEqualTo(1);
        assertThat(pipeline.output())
                .contains("belongs to environment")
                .contains("hospital")
                .contains("not to " + system.catalogue().environment());
        assertThat(system.topics("apply", "--yes").exitCode()).isEqualTo(2);
        assertThat(system.topics("repair", "--yes").exitCode()).isEqualTo(2);
        assertThat(system.type("loadgen", "run", "--rate", "0", "--records", "1")
                        .exitCode())
                .isEqualTo(2);
        assertThat(system.type("loadgen", "run", "--rate", "0", "--records", "1", "--cluster-of", "hospital")
                        .exitCode())
                .isZero();
        assertThat(system.topics("reference", "apply", "--yes").exitCode()).isEqualTo(2);
        assertThat(system.topics("reference", "apply", "--yes", "--cluster-of", "hospital")
                        .exitCode())
                .isZero();
    }

    @Test
    void aLimitOfTheBrokersThatTheLanesExceed(TestSystem system) throws Exception {
        PipelineProcess pipeline =
                system.with("producer.transaction.timeout.ms", "60001").pipeline("ward-1");

        assertThat(pipeline.awaitExit(SOON)).isEqualTo(1);
        assertThat(pipeline.output())
                .contains(
                        "lane alerting does not start: broker 0: transaction.max.timeout.ms is 60000, so it refuses lane"
                                + " alerting, whose transaction.timeout.ms is 60001");
    }

    @Test
    void missingTopics(TestSystem system) throws Exception {
        try (Admin admin = system.admin()) {
            admin.deleteTopics(List.of(system.fullName(TopicNames.ALERT_CURRENT)))
                    .all()
                    .get();
        }

        PipelineProcess pipeline = system.pipeline("ward-1");

        assertThat(pipeline.awaitExit(SOON)).isEqualTo(1);
        assertThat(pipeline.output())
                .contains("topics are missing: " + system.fullName(TopicNames.ALERT_CURRENT))
                .contains("topics apply");
    }

    @Test
    void missingTopicsAreTheSameLineInEveryCommand(TestSystem system) throws Exception {
        try (Admin admin = system.admin()) {
            Set<String> all =
                    system.catalogue().topics().stream().map(Topic::fullName).collect(Collectors.toSet());
            admin.deleteTopics(all).all().get();
            await().atMost(SOON)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(all::contains));
        }
        String remedy =
                "; create them with 'topics apply -e " + system.catalogue().environment() + " --bootstrap-server "
                        + system.client().get("bootstrap.servers") + "'";

        for (String command : List.of(
                "topics reference list",
                "topics reference plan",
                "topics reference apply --yes",
                "loadgen run --duration 1s",
                "loadgen run --duration 1s --measure",
                "alerts tail",
                "verify --from-beginning",
                "verify mark",
                "pipeline run --http-port 0 --instance-id ward-1")) {
            String[] words = command.split(" ", -1);
            CommandResult result = system.type(words[0], Arrays.copyOfRange(words, 1, words.length));

            assertThat(result.exitCode()).as(command + ": " + result.err()).isEqualTo(1);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .as(command)
                    .startsWith("topics are missing: ")
                    .endsWith(remedy);
        }
        assertThat(system.topics("check", "-o", "json").notHeld()).contains("exists", "reference-data");
    }

    @Test
    void inputThatExpiredUnreadUnlessThatIsAccepted(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline = system.withShortSessions().pipeline("ward-1").awaitReady();
        system.send(readings("read"));
        system.awaitQuiet();
        pipeline.stop();
        system.send(readings("expired"));
        expireEverything(system);
        system.send(readings("kept"));

        PipelineProcess refusing = system.pipeline("ward-1");
        assertThat(refusing.awaitExit(SOON)).isEqualTo(1);
        assertThat(refusing.output())
                .contains("input expired unread in " + system.fullName(TopicNames.RESOURCE_RECEIVED))
                .contains("--accept-expired-input");

        system.pipeline("ward-1", "--accept-expired-input").awaitReady();
        await().atMost(SOON).untilAsserted(() -> assertThat(recordedPatients(system))
                .hasSize(2 * SOME)
                .noneMatch(key -> key.contains("expired")));
    }

    @Test
    void lostOffsetsUntilTheOperatorSetsWhereToContinue(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline = system.withShortSessions().pipeline("ward-1").awaitReady();
        system.send(readings("read"));
        system.awaitQuiet();
        pipeline.stop();
        loseOffsets(system);

        PipelineProcess refusing = system.pipeline("ward-1", "--accept-expired-input");
        assertThat(refusing.awaitExit(SOON)).isEqualTo(1);
        assertThat(refusing.output()).contains("has written before", "--reset-offsets");

        goOnAt(system, OffsetSpec.latest());
        system.pipeline("ward-1").awaitReady();
        system.send(readings("since"));
        system.awaitQuiet();
        assertThat(recordedPatients(system)).hasSize(2 * SOME);
    }

    private static List<Outgoing> readings(String group) {
        return IntStream.range(0, SOME)
                .mapToObj(i -> {
                    String patient = "Patient/" + group + '-' + i;
                    return Outgoing.of(
                            Resources.bytes(patient),
                            Resources.bytes(Resources.potassium(group + '-' + i, patient, "4.2")));
                })
                .toList();
    }

    /** As retention does while an instance is down for too long. */
    private static void expireEverything(TestSystem system) throws Exception {
        String received = system.fullName(TopicNames.RESOURCE_RECEIVED);
        int partitions = system.catalogue().topic(TopicNames.RESOURCE_RECEIVED).partitions();
        try (Admin admin = system.admin()) {
            admin.deleteRecords(IntStream.range(0, partitions)
                            .boxed()
                            .collect(Collectors.toMap(
                                    each -> new TopicPartition(received, each),
                                    each -> RecordsToDelete.beforeOffset(-1))))
                    .all()
                    .get();
        }
    }

    /** As a broker does if a group has had no members for a week. */
    private static void loseOffsets(TestSystem system) {
        try (Admin admin = system.admin()) {
            for (String group : system.groups()) {
                await().atMost(SOON)
                        .ignoreExceptionsMatching(failure -> failure.getCause() instanceof GroupNotEmptyException)
                        .until(() ->
                                admin.deleteConsumerGroups(List.of(group)).all().get() == null);
            }
        }
    }

    /** As {@code kafka-consumer-groups.sh --reset-offsets} does. */
    private static void goOnAt(TestSystem system, OffsetSpec where) throws Exception {
        try (Admin admin = system.admin()) {
            List<TopicPartition> input = new ArrayList<>(system.partitions(TopicNames.RESOURCE_RECEIVED));
            input.addAll(system.partitions(TopicNames.RESOURCE_REKEYED));
            Map<TopicPartition, OffsetAndMetadata> ends = admin
                    .listOffsets(input.stream().collect(Collectors.toMap(each -> each, each -> where)))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            end -> new OffsetAndMetadata(end.getValue().offset())));
            for (String group : system.groups()) {
                admin.alterConsumerGroupOffsets(group, ends).all().get();
            }
        }
    }

    private static List<String> recordedPatients(TestSystem system) {
        return system.read(TopicNames.OBSERVATION_RECORDED).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }
}
