package io.clinicalstreams.pipeline.lane;

import static io.clinicalstreams.pipeline.lane.Fhir.bytes;
import static io.clinicalstreams.pipeline.lane.Fhir.potassium;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleManifest;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertingLaneTest {

    private static final String AT = "2026-03-01T11:59:00Z";

    private final LaneDriver lane = new LaneDriver("alerting");
    private final TestInputTopic<String, byte[]> received = lane.input(TopicNames.RESOURCE_RECEIVED);
    private final TestInputTopic<String, byte[]> rules = lane.input(TopicNames.ALERT_RULE);
    private final TestOutputTopic<String, byte[]> generated = lane.output(TopicNames.ALERT_GENERATED);
    private final TestOutputTopic<String, byte[]> current = lane.output(TopicNames.ALERT_CURRENT);

    @BeforeEach
    void loadRules() {
        List<AlertRule> all = AlertRuleYaml.load();
        all.forEach(rule -> rules.pipeInput(rule.id(), AlertRuleJson.write(rule)));
        rules.pipeInput(
                RuleManifest.KEY,
                RuleManifest.of(all.stream().collect(Collectors.toMap(AlertRule::id, AlertRule::version)))
                        .toJson());
    }

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void raisesAnAlertForACriticalValueAndSaysSoInBothTopics() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", AT));

        TestRecord<String, byte[]> alert = generated.readRecord();
        assertThat(alert.key()).isEqualTo("Patient/1");
        assertThat(header(alert, HeaderNames.TRANSITION)).isEqualTo("raised");
        assertThat(header(alert, HeaderNames.SEVERITY)).isEqualTo("high");
        assertThat(header(alert, HeaderNames.RULE)).isEqualTo("curated/potassium-high");
        TestRecord<String, byte[]> present = current.readRecord();
        assertThat(present.key()).isEqualTo(header(alert, HeaderNames.ALERT_ID));
        assertThat(present.value()).isEqualTo(alert.value());
    }

    @Test
    void followsAnEpisodeFromWarningToCriticalToItsEnd() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.1", "2026-03-01T11:30:00Z"));
        received.pipeInput("Patient/1", potassium("o2", "Patient/1", "6.7", "2026-03-01T11:40:00Z"));
        received.pipeInput("Patient/1", potassium("o3", "Patient/1", "4.5", "2026-03-01T11:50:00Z"));

        assertThat(generated.readRecordsToList())
                .extracting(alert -> header(alert, HeaderNames.ALERT_VERSION) + " "
                        + header(alert, HeaderNames.TRANSITION) + " " + header(alert, HeaderNames.SEVERITY))
                .containsExactly("1 raised moderate", "2 escalated high", "3 resolved high");
    }

    @Test
    void keepsOnePatientsReadingsApartFromAnothers() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.1", AT));
        received.pipeInput("Patient/2", potassium("o2", "Patient/2", "6.7", AT));

        assertThat(generated.readRecordsToList())
                .extracting(alert -> alert.key() + " " + header(alert, HeaderNames.TRANSITION))
                .containsExactly("Patient/1 raised", "Patient/2 raised");
    }

    @Test
    void leavesAMiskeyedReadingToTheRecordingLane() {
        received.pipeInput("Patient/2", potassium("o1", "Patient/1", "6.9", AT));

        assertThat(generated.isEmpty()).isTrue();
    }

    @Test
    void doesNotApplyAdultLimitsToAChildWhoseAgeIsKnown() {
        received.pipeInput(
                "Patient/1", bytes("{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"2024-05-01\"}"));
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", AT));

        assertThat(generated.isEmpty()).isTrue();
        assertThat(lane.count("clinical.readings.not.evaluated", "reason", "age"))
                .isEqualTo(1);
    }

    @Test
    void doesNotPageForABackfill() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", "2025-03-01T11:59:00Z"));

        assertThat(generated.isEmpty()).isTrue();
        assertThat(lane.count("clinical.readings.not.evaluated", "reason", "stale"))
                .isEqualTo(1);
    }

    @Test
    void forgetsAnAlertSomeTimeAfterItEnded() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", "2026-03-01T11:30:00Z"));
        received.pipeInput("Patient/1", potassium("o2", "Patient/1", "4.5", "2026-03-01T11:40:00Z"));
        received.pipeInput(new TestRecord<>(
                "Patient/2", potassium("o3", "Patient/2", "4.5", AT), LaneDriver.NOW.plus(Duration.ofHours(2))));
        current.readRecordsToList();

        lane.driver().advanceWallClockTime(Duration.ofSeconds(2));

        TestRecord<String, byte[]> tombstone = current.readRecord();
        assertThat(tombstone.value()).isNull();
        assertThat(lane.driver().getKeyValueStore("patient-state").approximateNumEntries())
                .isZero();
    }

    @Test
    void namesNobodyInAHeader() {
        received.pipeInput("Patient/canary", potassium("o1", "Patient/canary", "6.9", AT));

        for (Header header : generated.readRecord().headers()) {
            assertThat(new String(header.value(), StandardCharsets.US_ASCII)).doesNotContain("canary");
        }
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
