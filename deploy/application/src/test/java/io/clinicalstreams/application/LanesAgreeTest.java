package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lanes read FHIR with the same base URLs and time zone, or do not run together. */
@OnOneBroker
class LanesAgreeTest {

    private static final Duration AFTER_A_SESSION = Duration.ofSeconds(60);

    @Test
    void aLaneWithAnotherZoneDoesNotStartUntilTheOthersHaveEnded(TestSystem system) {
        system.applyReferenceData();
        // With the session of the profile, so that it is still listed when the other starts again.
        PipelineProcess recording =
                system.pipeline("ward-1", "--lane", "recording").awaitReady();
        system.inAnotherEnvironment("lisbon", "Europe/Berlin", "Europe/Lisbon");

        PipelineProcess alerting = system.pipeline("ward-2", "--lane", "alerting");

        assertThat(alerting.awaitExit(AFTER_A_SESSION)).isEqualTo(1);
        assertThat(alerting.output())
                .contains("waits up to 15 s for instances of recording")
                .contains("lane alerting: running instances of recording have different fhir.base-urls, "
                        + "fhir.other-base-urls, fhir.validation or fhir.zone")
                .contains("Stop all lanes first");
        assertThat(recording.isReady()).isTrue();

        // It is listed until its session ends.
        recording.kill();
        assertThat(system.pipeline("ward-2", "--lane", "alerting").awaitReady().output())
                .contains("waits up to 15 s for instances of recording");
    }

    @Test
    void aLaneWithOtherBaseUrlsDoesNotStartNextToItsOwnInstances(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess first = system.withShortSessions().pipeline("ward-1").awaitReady();
        system.inAnotherEnvironment("moved", "https://ours.example/fhir", "https://ours.example/r4");

        PipelineProcess second = system.pipeline("ward-2");

        assertThat(second.awaitExit(AFTER_A_SESSION)).isEqualTo(1);
        assertThat(second.output()).contains("running instances of alerting, recording have different fhir.base-urls");
        assertThat(first.isReady()).isTrue();
    }

    @Test
    void twoThatStartAtOnceDoNotBothContinue(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess first = system.withShortSessions().pipeline("ward-1", "--lane", "recording");
        system.inAnotherEnvironment("lisbon", "Europe/Berlin", "Europe/Lisbon");
        PipelineProcess second = system.pipeline("ward-2", "--lane", "alerting");

        await().atMost(AFTER_A_SESSION).until(() -> !first.isAlive() || !second.isAlive());

        assertThat(List.of(first, second)).filteredOn(each -> !each.isAlive()).allSatisfy(ended -> {
            assertThat(ended.awaitExit(Duration.ZERO)).isEqualTo(1);
            assertThat(ended.output())
                    .contains("have different fhir.base-urls, fhir.other-base-urls, fhir.validation or fhir.zone");
        });
    }

    @Test
    void aPatientOfAnOwnServerIsRecordedAndAlertedOnceUnderOneKey(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        String ours = "https://ours.example/fhir/Patient/1";
        String theirs = "https://theirs.example/fhir/Patient/1";

        system.send(List.of(
                Outgoing.of(Resources.bytes("Patient/1"), potassium("a", ours)),
                Outgoing.of(Resources.bytes(ours), potassium("b", ours)),
                Outgoing.of(Resources.bytes(theirs), potassium("c", theirs))));
        system.verdict();

        assertThat(keys(system, TopicNames.OBSERVATION_RECORDED))
                .containsExactlyInAnyOrder("Patient/1", "Patient/1", theirs);
        assertThat(keys(system, TopicNames.RESOURCE_REKEYED)).containsExactly("Patient/1");
        assertThat(keys(system, TopicNames.ALERT_CURRENT)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(keys(system, TopicNames.ALERT_GENERATED)).containsOnly("Patient/1", theirs);
        pipeline.stop();
    }

    private static byte[] potassium(String id, String patient) {
        return Resources.bytes(Resources.potassium(id, patient, "7.1"));
    }

    private static List<String> keys(TestSystem system, String topic) {
        return system.read(topic).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }
}
