package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** A topic is deleted while a lane is running. */
@OnOneBroker
class HangingLaneTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void aLaneThatCanNoLongerWriteIsNotReadyUntilItCan(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline =
                system.with("max.poll.interval.ms", "5000").pipeline("ward-1").awaitReady();
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
            assertThat(pipeline.status("/health/live")).isEqualTo(200);

            assertThat(TopicsOnCluster.createMissing(system.catalogue(), admin)).hasSize(1);
        }
        await().atMost(SOON).until(pipeline::isReady);
        system.awaitQuiet();
        assertThat(system.read(TopicNames.OBSERVATION_RECORDED)).hasSize(1);
    }
}
