package io.clinicalstreams.pipeline.lane;

import static io.clinicalstreams.pipeline.lane.Fhir.bytes;
import static io.clinicalstreams.pipeline.lane.Fhir.potassium;
import static io.clinicalstreams.pipeline.lane.Fhir.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.RuleContent;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Heartbeat;
import io.clinicalstreams.topics.wire.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log's time raises an alert about a patient who is not measured; ticks carry it on while nothing arrives. */
final class SilentPatientsTest {

    private static final Duration INTERVAL = Duration.ofMinutes(30);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LaneDriver lane = new LaneDriver("alerting");
    private final TestInputTopic<String, byte[]> received = lane.input(TopicNames.RESOURCE_RECEIVED);
    private final TestOutputTopic<String, byte[]> generated = lane.output(TopicNames.ALERT_GENERATED);

    @AfterEach
    void close() {
        lane.close();
    }

    private SilentPatientsTest watching(String watched) {
        return watching(watched, new AlertRule.Code("http://loinc.org", "2823-3"));
    }

    private SilentPatientsTest watching(String watched, AlertRule.Code code) {
        AlertRule rule = new AlertRule(
                "ward/silence",
                "v1",
                "No potassium",
                "potassium",
                "The ward",
                Duration.ofHours(2),
                Duration.ofHours(1),
                null,
                new RuleContent.Silence(List.of(code), INTERVAL, watched, "high"));
        lane.input(TopicNames.ALERT_RULE).pipeInput(rule.id(), AlertRuleJson.write(rule));
        return this;
    }

    private void reads(String patient, String id, Duration after) {
        Instant at = LaneDriver.NOW.plus(after);
        received.pipeInput(new TestRecord<>(patient, potassium(id, patient, "4.1", at.toString()), at));
    }

    private void ticks(Duration after) {
        received.pipeInput(new TestRecord<>(null, Tick.value(), LaneDriver.NOW.plus(after)));
    }

    private void encounter(String status, Duration after) {
        received.pipeInput(new TestRecord<>("Patient/1", bytes("""
                {"resourceType":"Encounter","id":"e1","status":"%s","class":{"code":"IMP",\
                "system":"http://terminology.hl7.org/CodeSystem/v3-ActCode"},"subject":{"reference":"Patient/1"}}""".formatted(status)), LaneDriver.NOW.plus(after)));
    }

    private List<String> transitions() {
        return generated.readRecordsToList().stream()
                .map(alert -> alert.key() + " " + header(alert, HeaderNames.TRANSITION))
                .toList();
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aTickRaisesASilenceAsOfTheEndOfItsInterval() {
        watching("while-measured").reads("Patient/1", "a", Duration.ZERO);

        ticks(INTERVAL.minus(SECOND));
        assertThat(generated.isEmpty()).as("not yet").isTrue();
        ticks(INTERVAL.plus(SECOND.multipliedBy(9)));

        TestRecord<String, byte[]> alert = generated.readRecord();
        assertThat(header(alert, HeaderNames.TRANSITION)).isEqualTo("raised");
        assertThat(header(alert, HeaderNames.SEVERITY)).isEqualTo("high");
        assertThat(header(alert, HeaderNames.RULE)).isEqualTo("ward/silence");
        assertThat(header(alert, HeaderNames.ORIGIN)).as("no input caused it").isEqualTo("none");
        assertThat(alert.key()).isEqualTo("Patient/1");
        assertThat(alert.getRecordTime()).isEqualTo(LaneDriver.NOW.plus(INTERVAL));
        assertThat(text(alert.value()))
                .contains("\"lastUpdated\":\"2026-03-01T12:30:00Z\"")
                .contains("interval\",\"valueString\":\"PT30M\"")
                .contains("\"code\":\"silence\"")
                .contains("\"reference\":\"Observation/a\"")
                .contains("No potassium raised: 4.1 mmol/L, interval PT30M. Source: The ward.");
    }

    @Test
    void theNextReadingResolvesIt() {
        watching("while-measured").reads("Patient/1", "a", Duration.ZERO);
        ticks(INTERVAL.plus(SECOND));
        reads("Patient/1", "b", INTERVAL.plus(SECOND.multipliedBy(5)));

        assertThat(transitions()).containsExactly("Patient/1 raised", "Patient/1 resolved");
    }

    @Test
    void aLaneThatLagsDoesNotTakeItsLagForSilence() {
        watching("while-measured").reads("Patient/1", "a", Duration.ZERO);
        lane.driver().advanceWallClockTime(Duration.ofDays(1));

        for (int i = 1; i <= 5; i++) {
            reads("Patient/1", "b" + i, Duration.ofMinutes(20L * i));
            ticks(Duration.ofMinutes(20L * i + 1));
        }

        assertThat(transitions()).as("the readings stand before the ticks").isEmpty();
    }

    @Test
    void lateDoubleAndMissingTicksChangeNothingButTheDelay() {
        List<Integer> everySecond = new ArrayList<>();
        for (int second = 1; second <= 7_200; second += 60) {
            everySecond.add(second);
        }
        List<String> often = replayed(everySecond);

        assertThat(often).hasSize(8);
        assertThat(replayed(List.of())).as("missing").isEqualTo(often);
        assertThat(replayed(List.of(1_801, 1_801, 1_801, 5_000, 5_000)))
                .as("double")
                .isEqualTo(often);
        assertThat(replayed(List.of(3_599, 7_199))).as("late").isEqualTo(often);
    }

    /** Of each patient, in order: what one log gives with these ticks, seconds after its begin. */
    private static List<String> replayed(List<Integer> ticks) {
        SilentPatientsTest run = new SilentPatientsTest().watching("while-measured");
        List<Integer> left = new ArrayList<>(ticks);
        for (int second : List.of(0, 600, 3_600, 4_000, 7_200)) {
            while (!left.isEmpty() && left.get(0) <= second) {
                run.ticks(Duration.ofSeconds(left.remove(0)));
            }
            run.reads("Patient/1", "p" + second, Duration.ofSeconds(second));
            if (second != 4_000) {
                run.reads("Patient/2", "q" + second, Duration.ofSeconds(second));
            }
        }
        List<String> alerts = run.generated.readRecordsToList().stream()
                .map(alert -> alert.key() + text(alert.value()) + alert.getRecordTime())
                .sorted()
                .toList();
        run.close();
        return alerts;
    }

    @Test
    void watchesFromAdmissionToDischarge() {
        watching("while-admitted");
        encounter("planned", Duration.ZERO);
        ticks(INTERVAL.multipliedBy(2));
        assertThat(transitions()).as("not there yet").isEmpty();

        encounter("in-progress", INTERVAL.multipliedBy(2));
        ticks(INTERVAL.multipliedBy(3).plus(SECOND));
        encounter("finished", INTERVAL.multipliedBy(4));
        ticks(INTERVAL.multipliedBy(9));

        List<TestRecord<String, byte[]>> alerts = generated.readRecordsToList();
        assertThat(alerts)
                .extracting(alert -> header(alert, HeaderNames.TRANSITION))
                .containsExactly("raised", "ended");
        assertThat(text(alerts.get(0).value())).contains("\"reference\":\"Encounter/e1\"");
        assertThat(text(alerts.get(1).value())).contains("end-reason\",\"valueString\":\"discharged\"");
        assertThat(lane.registry.get("clinical.patients.learned").counter().count())
                .isEqualTo(3);
    }

    @Test
    void withoutARuleThatWatchesAdmissionsAnEncounterChangesNothing() {
        watching("while-measured");
        encounter("in-progress", Duration.ZERO);

        assertThat(lane.count("clinical.resources.passed.over", "reason", "Encounter"))
                .isEqualTo(1);
        assertThat(lane.driver().getKeyValueStore("patient-state").all().hasNext())
                .isFalse();
    }

    private void heartbeat(@Nullable String key, Duration after) {
        received.pipeInput(new TestRecord<>(
                key, bytes("{\"resourceType\":\"Device\",\"id\":\"gw-7\"}"), LaneDriver.NOW.plus(after)));
    }

    @Test
    void aGatewayWithoutAHeartbeatIsAnAlertAboutTheGateway() {
        watching("while-measured", new AlertRule.Code(Heartbeat.SYSTEM, Heartbeat.CODE));
        heartbeat("Device/gw-7", Duration.ZERO);
        heartbeat("Device/gw-7", INTERVAL.dividedBy(2));
        ticks(INTERVAL.plus(SECOND));
        assertThat(generated.isEmpty()).as("heard of meanwhile").isTrue();

        ticks(INTERVAL.multipliedBy(2));
        heartbeat("Device/gw-7", INTERVAL.multipliedBy(2).plus(SECOND));

        List<TestRecord<String, byte[]>> alerts = generated.readRecordsToList();
        assertThat(alerts)
                .extracting(alert -> alert.key() + " " + header(alert, HeaderNames.TRANSITION))
                .containsExactly("Device/gw-7 raised", "Device/gw-7 resolved");
        assertThat(text(alerts.get(0).value()))
                .contains("\"implicated\":[{\"reference\":\"Device/gw-7\"}")
                .doesNotContain("\"patient\"")
                .doesNotContain("Observation");
    }

    @Test
    void aDeviceUnderAnotherKeyIsNoHeartbeat() {
        watching("while-measured", new AlertRule.Code(Heartbeat.SYSTEM, Heartbeat.CODE));
        heartbeat("Patient/1", Duration.ZERO);
        heartbeat("Device/", Duration.ZERO);
        heartbeat(null, Duration.ZERO);
        ticks(INTERVAL.multipliedBy(2));

        assertThat(generated.isEmpty()).isTrue();
        assertThat(lane.count("clinical.resources.passed.over", "reason", "ignored"))
                .isEqualTo(4);
    }

    @Test
    void aTickIsIgnoredAndCounted() {
        watching("while-measured").ticks(Duration.ZERO);

        assertThat(lane.count("clinical.resources.passed.over", "reason", "ignored"))
                .isEqualTo(1);
    }
}
