package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic is deleted, gets partitions or refuses what a lane writes while the lane is running. */
@OnOneBroker
@Tag("fault")
class HangingLaneTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** A look, another one to be sure, and a graceful stop, at most 8 s. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    /** Two attempts, each of which Kafka's producer repeats for a while. */
    private static final Duration GIVES_UP_WITHIN = Duration.ofSeconds(90);

    private static final int FEW_LINES = 60;

    @TempDir
    private Path folder;

    @Test
    void aLaneThatCanNoLongerWriteIsNotReadyUntilItCan(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline =
                system.with("max.poll.interval.ms", "5000").pipeline("ward-1").awaitReady();
        String absent =
                system.fullName(TopicNames.OBSERVATION_RECORDED) + " does not exist: create it with 'topics apply";
        try (Admin admin = system.admin()) {
            admin.deleteTopics(List.of(system.fullName(TopicNames.OBSERVATION_RECORDED)))
                    .all()
                    .get();
            system.send(List.of(Outgoing.of(
                    Resources.bytes("Patient/1"), Resources.bytes(Resources.potassium("1", "Patient/1", "4.2")))));

            await().atMost(SOON).untilAsserted(() -> assertThat(pipeline.body("/health/ready"))
                    .contains("\"lane\":\"recording\",\"state\":\"RUNNING\"")
                    .contains("\"hangs\":true"));
            assertThat(pipeline.isReady()).isFalse();
            assertThat(pipeline.body("/health/ready")).contains(absent);
            assertThat(pipeline.output().lines().filter(line -> line.contains(absent)))
                    .as("log lines")
                    .hasSize(1);
            assertThat(List.of("topic", "input")).allSatisfy(state -> assertThat(
                            pipeline.metric("clinical_lane_stuck_seconds", "state=\"" + state + '"'))
                    .isPositive());
            assertThat(pipeline.status("/health/live")).isEqualTo(200);

            assertThat(TopicsOnCluster.createMissing(system.catalogue(), admin)).hasSize(1);
        }
        await().atMost(SOON).until(pipeline::isReady);
        system.awaitQuiet();
        assertThat(system.read(TopicNames.OBSERVATION_RECORDED)).hasSize(1);
    }

    @Test
    void aLaneWhoseChangelogIsDeletedStopsAtOnce(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        system.send(List.of(Outgoing.of(
                Resources.bytes("Patient/1"), Resources.bytes(Resources.potassium("1", "Patient/1", "9.9")))));
        system.awaitQuiet();
        String changelog = system.catalogue().lane("alerting").internalTopics().get(0);
        try (Admin admin = system.admin()) {
            admin.deleteTopics(List.of(changelog)).all().get();
        }

        assertThat(pipeline.awaitExit(ENDS_WITHIN)).isEqualTo(1);
        assertThat(pipeline.output())
                .contains("lane alerting stops: " + changelog + " was deleted while it was running")
                .contains("rebuilds its state");
        assertThat(pipeline.output().lines()).as("log lines").hasSizeLessThan(FEW_LINES);
    }

    @Test
    void aLaneWhoseInputGetsPartitionsStopsAndSaysSo(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        String received = system.fullName(TopicNames.RESOURCE_RECEIVED);
        try (Admin admin = system.admin()) {
            admin.createPartitions(Map.of(received, NewPartitions.increaseTo(6)))
                    .all()
                    .get();
        }

        assertThat(pipeline.awaitExit(ENDS_WITHIN)).isEqualTo(1);
        assertThat(pipeline.output())
                .contains(received + " has 6 partitions instead of 4, changed while it was running")
                .doesNotContain("expired unread");
    }

    /** The broker refuses what the lane writes, so every transaction is aborted. */
    @Test
    void inputThatIsNeverCommittedStopsTheLaneWithItsCoordinates(TestSystem system) throws Exception {
        system.applyReferenceData();
        Path twice = Files.writeString(folder.resolve("twice.yaml"), "input:\n  attempts: 2\n");
        String[] recording = {"--lane", "recording", "--config", twice.toString()};
        PipelineProcess first = system.pipeline("ward-1", recording).awaitReady();
        // Too late for the check at start.
        system.set(TopicNames.OBSERVATION_RECORDED, "max.message.bytes", "100");
        system.send(List.of(Outgoing.of(
                Resources.bytes("Patient/1"), Resources.bytes(Resources.potassium("1", "Patient/1", "4.2")))));

        assertStoppedAtOffset0(first, system);
        system.set(TopicNames.OBSERVATION_RECORDED, "max.message.bytes", "6291456");
        assertStoppedAtOffset0(system.pipeline("ward-1", recording), system);
        assertThat(system.read(TopicNames.OBSERVATION_RECORDED)).isEmpty();

        Path more = Files.writeString(folder.resolve("more.yaml"), "input:\n  attempts: 3\n");
        PipelineProcess unused =
                system.pipeline("ward-1", "--config", more.toString()).awaitReady();
        assertThat(system.verdict().recorded()).containsEntry(TopicNames.OBSERVATION_RECORDED, 1L);
    }

    private static void assertStoppedAtOffset0(PipelineProcess process, TestSystem system) {
        assertThat(process.awaitExit(GIVES_UP_WITHIN)).as(process::tail).isEqualTo(1);
        assertThat(process.output())
                .contains(system.fullName(TopicNames.RESOURCE_RECEIVED) + '-')
                .contains("from offset 0 on was begun 2 times and never committed");
    }
}
