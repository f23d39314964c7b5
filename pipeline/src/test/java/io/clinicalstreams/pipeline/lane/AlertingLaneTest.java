package io.clinicalstreams.pipeline.lane;

import static io.clinicalstreams.pipeline.lane.Fhir.bytes;
import static io.clinicalstreams.pipeline.lane.Fhir.potassium;
import static io.clinicalstreams.pipeline.lane.Fhir.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.step.EvaluateRulesSupplier;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleManifest;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlertingLaneTest {

    private static final List<AlertRule> RULES = AlertRuleYaml.load();
    private static final String AT = "2026-03-01T11:59:00Z";

    /** The curated rules' max-age; the driver's setting is shorter. */
    private static final Duration LOOK_BACK = Duration.ofHours(24);

    private final LaneDriver lane = new LaneDriver("alerting");
    private final TestInputTopic<String, byte[]> received = lane.input(TopicNames.RESOURCE_RECEIVED);
    private final TestInputTopic<String, byte[]> rekeyed = lane.input(TopicNames.RESOURCE_REKEYED);
    private final TestInputTopic<String, byte[]> rules = lane.input(TopicNames.ALERT_RULE);
    private final TestOutputTopic<String, byte[]> generated = lane.output(TopicNames.ALERT_GENERATED);
    private final TestOutputTopic<String, byte[]> current = lane.output(TopicNames.ALERT_CURRENT);

    @BeforeEach
    void loadRules() {
        RULES.forEach(rule -> rules.pipeInput(rule.id(), AlertRuleJson.write(rule)));
        manifest(RULES);
    }

    private void manifest(List<AlertRule> all) {
        rules.pipeInput(
                RuleManifest.keyOf(RuleManifest.CURATED),
                RuleManifest.of(
                                RuleManifest.CURATED,
                                all.stream().collect(Collectors.toMap(AlertRule::id, AlertRule::version)))
                        .toJson());
    }

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void raisesAnAlertForACriticalValueInBothTopics() {
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
    void alertsForResultsThatOnlyTheLaboratoryFlagsAsCritical() {
        String troponin = """
                {"resourceType":"Observation","id":"o-d18","status":"final",\
                "code":{"coding":[{"system":"http://loinc.org","code":"10839-9"}]},"subject":{"reference":"Patient/1"},\
                "effectiveDateTime":"2026-03-01T11:59:00Z","valueQuantity":{"value":4.2,"unit":"ng/mL"},\
                "interpretation":[{"coding":[{"code":"HH",\
                "system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"}]}]}""";
        received.pipeInput("Patient/1", bytes(troponin));
        received.pipeInput("Patient/1", bytes(troponin.replace("o-d18", "next").replace("HH", "N")));

        assertThat(generated.readRecordsToList())
                .extracting(alert -> header(alert, HeaderNames.RULE) + " " + header(alert, HeaderNames.TRANSITION) + " "
                        + header(alert, HeaderNames.SEVERITY))
                .containsExactly("curated/laboratory-flag raised high", "curated/laboratory-flag resolved high");
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
    void doesNotApplyAdultLimitsToAChildOfKnownAge() {
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
    void forgetsAnAlertWhenTheLogIsFarEnoughBehindItsEnd() {
        raiseAndResolve("Patient/1");

        hearOfAnotherPatient(LaneDriver.NOW.plus(LOOK_BACK));
        assertThat(current.isEmpty()).as("not yet").isTrue();
        hearOfAnotherPatient(LaneDriver.NOW.plus(LOOK_BACK).plus(Duration.ofSeconds(2)));

        assertThat(current.readRecord().value()).as("a tombstone").isNull();
        assertThat(state("Patient/1").episodes()).isEmpty();
    }

    @Test
    void endsAnAlertThatIsNotMeasuredAnyMoreByTheLogsTime() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", AT));
        generated.readRecord();

        lane.driver().advanceWallClockTime(Duration.ofDays(365));
        hearOfAnotherPatient(LaneDriver.NOW.plus(LOOK_BACK.multipliedBy(7)).minusSeconds(1));
        assertThat(generated.isEmpty()).as("not yet").isTrue();
        hearOfAnotherPatient(LaneDriver.NOW.plus(LOOK_BACK.multipliedBy(7)).plusSeconds(1));

        TestRecord<String, byte[]> ended = generated.readRecord();
        assertThat(ended.key()).isEqualTo("Patient/1");
        assertThat(header(ended, HeaderNames.TRANSITION)).isEqualTo("ended");
        assertThat(header(ended, HeaderNames.ALERT_VERSION)).isEqualTo("2");
        assertThat(header(ended, HeaderNames.ORIGIN)).as("no input caused it").isEqualTo("none");
        assertThat(text(ended.value()))
                .contains("end-reason\",\"valueString\":\"not-measured\"")
                .contains("\"reference\":\"Patient/1\"");
        assertThat(current.readRecordsToList()).last().satisfies(now -> assertThat(now.value())
                .isEqualTo(ended.value()));
    }

    @Test
    void endsTheAlertsOfARemovedRule() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", AT));
        generated.readRecord();

        List<AlertRule> left = RULES.stream()
                .filter(rule -> !rule.id().equals("curated/potassium-high"))
                .toList();
        rules.pipeInput("curated/potassium-high", null);
        manifest(left);
        hearOfAnotherPatient(LaneDriver.NOW.plusSeconds(2));

        TestRecord<String, byte[]> ended = generated.readRecord();
        assertThat(header(ended, HeaderNames.TRANSITION)).isEqualTo("ended");
        assertThat(header(ended, HeaderNames.RULE)).isEqualTo("curated/potassium-high");
        assertThat(text(ended.value())).contains("rule-removed");
    }

    @Test
    void endsAnAdultsAlertWhenABirthDateShowsAChild() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", AT));
        received.pipeInput(
                "Patient/1", bytes("{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"2024-05-01\"}"));

        assertThat(generated.readRecordsToList())
                .extracting(alert -> header(alert, HeaderNames.TRANSITION))
                .containsExactly("raised", "ended");
    }

    @Test
    void deletesTheStateOfAPatientWhoIsNotHeardOfAnyMore() {
        raiseAndResolve("Patient/1");
        hearOfAnotherPatient(LaneDriver.NOW.plus(Duration.ofDays(396)));

        KeyValueStore<byte[], byte[]> store = lane.driver().getKeyValueStore(EvaluateRulesSupplier.STORE);
        assertThat(store.get(bytes("Patient/1"))).isNull();
    }

    @Test
    void theClockAloneForgetsNothing() {
        raiseAndResolve("Patient/1");

        lane.driver().advanceWallClockTime(Duration.ofDays(365));

        assertThat(current.isEmpty()).isTrue();
        assertThat(state("Patient/1").episodes()).hasSize(1);
    }

    @Test
    void aForgottenAlertContinuesWithItsNextVersionWhenItsObservationReturns() {
        String alertId = raiseAndResolve("Patient/1");
        Instant muchLater = LaneDriver.NOW.plus(Duration.ofDays(5));

        received.pipeInput(
                new TestRecord<>("Patient/1", potassium("o1", "Patient/1", "6.9", muchLater.toString()), muchLater));

        assertThat(current.readRecordsToList())
                .extracting(record -> record.key() + " " + header(record, HeaderNames.TRANSITION) + " "
                        + header(record, HeaderNames.ALERT_VERSION))
                .as("forgotten first, then begun again")
                .containsExactly(alertId + " none none", alertId + " reopened 3");
    }

    @Test
    void doesNotEvaluateResourcesThatTheRecordingLaneRejectsAsTooLarge() {
        received.pipeInput("Patient/1", padded(potassium("o1", "Patient/1", "6.9", AT)));

        assertThat(generated.isEmpty()).isTrue();
        assertThat(notEvaluated("too-large")).isEqualTo(1);
        assertThat(notEvaluated("miskeyed")).isZero();
    }

    @Test
    void countsAMiskeyedReadingThatIsTooLargeToBeSentAgainAsTooLarge() {
        received.pipeInput("Patient/2", padded(potassium("o1", "Patient/1", "6.9", AT)));

        assertThat(notEvaluated("too-large")).isEqualTo(1);
    }

    @Test
    void countsWhatTheLogDoesNotPutInOrder() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", AT));
        assertThat(undetermined("rekeyed")).isZero();
        assertThat(undetermined("rules-changed")).isZero();

        rekeyed.pipeInput("Patient/1", potassium("o2", "Patient/1", "4.5", AT));
        assertThat(undetermined("rekeyed")).isEqualTo(1);

        loadRules();
        hearOfAnotherPatient(LaneDriver.NOW.plusSeconds(2));
        assertThat(undetermined("rules-changed")).as("written again unchanged").isZero();

        List<AlertRule> left = RULES.stream()
                .filter(rule -> !rule.id().equals("curated/potassium-high"))
                .toList();
        rules.pipeInput("curated/potassium-high", null);
        manifest(left);
        hearOfAnotherPatient(LaneDriver.NOW.plusSeconds(4));
        assertThat(undetermined("rules-changed")).isEqualTo(1);
    }

    /** The order of all alerts too, as every record is processed alone here. */
    @Test
    void theSameLogGivesTheSameBytes() {
        List<String> first = replayed();
        AlertingLaneTest again = new AlertingLaneTest();
        again.loadRules();
        again.lane.driver().advanceWallClockTime(Duration.ofDays(3));

        assertThat(again.replayed()).hasSize(5).isEqualTo(first);
        again.close();
    }

    private List<String> replayed() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", AT));
        received.pipeInput("Patient/2", potassium("o2", "Patient/2", "6.1", AT));
        rekeyed.pipeInput("Patient/2", potassium("o3", "Patient/2", "6.7", AT));
        hearOfAnotherPatient(LaneDriver.NOW.plus(LOOK_BACK.multipliedBy(7)).plusSeconds(1));
        return generated.readRecordsToList().stream()
                .map(alert -> alert.key() + text(alert.value()) + alert.getRecordTime() + alert.headers())
                .toList();
    }

    private double undetermined(String reason) {
        return lane.count("clinical.order.undetermined", "reason", reason);
    }

    @Test
    void countsMiskeyedResourcesEvenAmongReKeyedOnes() {
        rekeyed.pipeInput("Patient/2", potassium("o1", "Patient/1", "6.9", AT));

        assertThat(generated.isEmpty()).isTrue();
        assertThat(notEvaluated("miskeyed")).isEqualTo(1);
    }

    @Test
    void countsAPatientWithoutAnId() {
        received.pipeInput("Patient/1", bytes("{\"resourceType\":\"Patient\",\"birthDate\":\"2024-05-01\"}"));

        assertThat(notEvaluated("patient-without-id")).isEqualTo(1);
    }

    private static byte[] bundle(String... entries) {
        return bytes(
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}");
    }

    private static String entry(String urn, String resource) {
        return "{\"fullUrl\":\"urn:uuid:" + urn + "\",\"resource\":" + resource + "}";
    }

    @Test
    void theOrderOfABundlesEntriesMeansNothing() {
        String child = entry("p", "{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"2021-03-04\"}");
        String high = entry("o", text(potassium("o1", "Patient/1", "6.9", AT)));
        received.pipeInput("Patient/1", bundle(high, child));
        received.pipeInput("Patient/1", bundle(child, high.replace("o1", "o2")));
        assertThat(generated.isEmpty()).isTrue();
        assertThat(notEvaluated("age")).isEqualTo(2);

        String newer = entry("n", text(potassium("n", "Patient/2", "4.2", AT)));
        String older = entry("o", text(potassium("o", "Patient/2", "6.9", "2026-03-01T09:00:00Z")));
        received.pipeInput("Patient/2", bundle(newer, older));
        assertThat(generated.readRecordsToList())
                .extracting(alert -> header(alert, HeaderNames.TRANSITION))
                .containsExactly("raised", "resolved");
    }

    @Test
    void anOlderCriticalValueOpensNothingAfterANewerOne() {
        received.pipeInput("Patient/1", potassium("new", "Patient/1", "4.2", AT));
        received.pipeInput("Patient/1", potassium("old", "Patient/1", "6.9", "2026-03-01T08:00:00Z"));

        assertThat(generated.isEmpty()).isTrue();
        assertThat(lane.count("clinical.alerts.suppressed", "reason", "out-of-order"))
                .isEqualTo(1);
    }

    @Test
    void aResultWithoutATimeHasThatOfItsReport() {
        String undated =
                text(potassium("o1", "Patient/1", "6.9", AT)).replaceAll("\"effectiveDateTime\":\"[^\"]*\",", "");
        String report = "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"effectiveDateTime\":\"%s\","
                + "\"result\":[{\"reference\":\"%s\"}]}";
        received.pipeInput("Patient/1", bytes(undated));
        assertThat(notEvaluated("time-unknown")).isEqualTo(1);

        received.pipeInput(
                "Patient/1",
                bundle(entry("r", report.formatted("2011-03-04T08:30:00+11:00", "urn:uuid:o")), entry("o", undated)));
        assertThat(notEvaluated("stale")).isEqualTo(1);
        assertThat(generated.isEmpty()).isTrue();

        received.pipeInput(
                "Patient/1", bundle(entry("o", undated), entry("r", report.formatted(AT, "Observation/o1"))));
        assertThat(text(generated.readRecord().value())).contains("\"start\":\"" + AT);
    }

    @Test
    void theReportOfAnotherServerDatesNoResultOfOurs() {
        String undated =
                text(potassium("o1", "Patient/1", "6.9", AT)).replaceAll("\"effectiveDateTime\":\"[^\"]*\",", "");
        String report = "{\"fullUrl\":\"https://other.example/fhir/DiagnosticReport/r\",\"resource\":"
                + "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"issued\":\"" + AT + "\","
                + "\"result\":[{\"reference\":\"Observation/o1\"}]}}";

        received.pipeInput("Patient/1", bundle(report, entry("o", undated)));
        assertThat(notEvaluated("time-unknown")).isEqualTo(1);
    }

    @Test
    void aTimeOfItsOwnComesBeforeThatOfTheReport() {
        String report = "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"issued\":\"2011-03-04T08:30:00Z\","
                + "\"result\":[{\"reference\":\"urn:uuid:o\"},{\"display\":\"another\"}]}";

        received.pipeInput(
                "Patient/1", bundle(entry("r", report), entry("o", text(potassium("o1", "Patient/1", "6.9", AT)))));
        assertThat(text(generated.readRecord().value())).contains("\"start\":\"" + AT);
    }

    @Test
    void countsATimeThatIsOnlyAYearAndAnUnreadableBirthDate() {
        received.pipeInput("Patient/1", potassium("o1", "Patient/1", "6.9", "2026"));
        assertThat(notEvaluated("time-unknown")).isEqualTo(1);

        received.pipeInput(
                "Patient/1",
                bytes("{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"2021-03-04T00:00:00\"}"));
        received.pipeInput("Patient/1", potassium("o2", "Patient/1", "6.9", AT));
        assertThat(notEvaluated("birth-date-unreadable")).isEqualTo(1);
        assertThat(notEvaluated("age")).isEqualTo(1);
        assertThat(generated.isEmpty()).isTrue();
    }

    @Test
    void revisesAndRetractsAnAlertWithItsResult() {
        String first = text(potassium("o1", "Patient/1", "6.9", AT));
        received.pipeInput("Patient/1", bytes(first));
        received.pipeInput("Patient/1", bytes(first.replace("6.9", "6.2").replace("final", "corrected")));
        received.pipeInput("Patient/1", bytes(first.replace("final", "entered-in-error")));
        received.pipeInput("Patient/1", bytes(first));

        List<TestRecord<String, byte[]>> alerts = generated.readRecordsToList();
        assertThat(alerts)
                .extracting(alert -> header(alert, HeaderNames.ALERT_VERSION) + " "
                        + header(alert, HeaderNames.TRANSITION) + " " + header(alert, HeaderNames.SEVERITY))
                .containsExactly("1 raised high", "2 revised moderate", "3 retracted moderate");
        assertThat(text(alerts.get(1).value())).contains("\"status\":\"corrected\"");
        assertThat(text(alerts.get(2).value())).contains("\"status\":\"entered-in-error\"");
        assertThat(notEvaluated("withdrawn")).isEqualTo(2);
    }

    @Test
    void namesNoPatientInAHeader() {
        received.pipeInput("Patient/canary", potassium("o1", "Patient/canary", "6.9", AT));

        for (Header header : generated.readRecord().headers()) {
            assertThat(new String(header.value(), StandardCharsets.US_ASCII)).doesNotContain("canary");
        }
    }

    /** @return the alert's id */
    private String raiseAndResolve(String patient) {
        received.pipeInput(patient, potassium("o1", patient, "6.9", "2026-03-01T11:30:00Z"));
        received.pipeInput(patient, potassium("o2", patient, "4.5", "2026-03-01T11:40:00Z"));
        List<TestRecord<String, byte[]>> written = current.readRecordsToList();
        assertThat(written).hasSize(2);
        return written.get(0).key();
    }

    private void hearOfAnotherPatient(Instant at) {
        received.pipeInput(new TestRecord<>("Patient/2", potassium("another", "Patient/2", "4.5", AT), at));
    }

    private PatientState state(String patient) {
        KeyValueStore<byte[], byte[]> store = lane.driver().getKeyValueStore(EvaluateRulesSupplier.STORE);
        return PatientStateCodec.decode(store.get(bytes(patient)));
    }

    private double notEvaluated(String reason) {
        return lane.count("clinical.readings.not.evaluated", "reason", reason);
    }

    private static byte[] padded(byte[] resource) {
        return bytes(text(resource).replaceFirst("\\{", "{" + " ".repeat(8_000_000)));
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.US_ASCII);
    }

    /** Both hospitals number their results from 1, and know the patient by the same identifier. */
    @Test
    void namesEvidenceOnAnotherServerByItsFullUrl() {
        String mrn = "urn:mrn|7";
        received.pipeInput(mrn, bundleOf("https://b.example/fhir/", "6.1"));
        received.pipeInput(mrn, bundleOf("https://c.example/", "6.9"));

        List<TestRecord<String, byte[]>> alerts = generated.readRecordsToList();
        assertThat(alerts)
                .extracting(alert -> header(alert, HeaderNames.TRANSITION))
                .containsExactly("raised", "escalated");
        assertThat(Fhir.text(alerts.get(1).value()))
                .contains("\"reference\":\"https://b.example/fhir/Observation/1\"")
                .contains("\"reference\":\"https://c.example/Observation/1\"")
                .doesNotContain("\"reference\":\"Observation/1\"");
    }

    /** The re-keyed record has its own offset, and the entry of it has index 0. */
    @Test
    void aReKeyedReadingOfAnotherServerKeepsItsAddressAndItsOrigin() {
        try (LaneDriver recording = new LaneDriver("recording")) {
            String other = new String(potassium("0", "Patient/2", "4.1", AT), StandardCharsets.UTF_8);
            String bundle = Fhir.text(bundleOf("https://b.example/fhir/", "6.9"))
                    .replace("\"entry\":[", "\"entry\":[{\"resource\":" + other + "},");
            recording.input(TopicNames.RESOURCE_RECEIVED).pipeInput("Patient/2", bytes(bundle));
            recording.output(TopicNames.RESOURCE_REKEYED).readRecordsToList().forEach(rekeyed::pipeInput);

            TestRecord<String, byte[]> alert = generated.readRecord();
            assertThat(alert.key()).isEqualTo("urn:mrn|7");
            assertThat(header(alert, HeaderNames.ORIGIN)).endsWith("/0/0/1");
            assertThat(Fhir.text(alert.value())).contains("https://b.example/fhir/Observation/1");
        }
    }

    /** Each entry is re-keyed alone, so the order in which that is done is that of the facts. */
    @Test
    void theOrderOfAKeylessBundlesEntriesMeansNothing() {
        List<String> entries = List.of(
                entry("p", "{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"1950-03-04\"}"),
                entry("n", text(potassium("n", "Patient/1", "4.2", AT))),
                entry("c", text(potassium("c", "Patient/1", "6.9", "2026-03-01T10:00:00Z"))),
                entry("w", text(potassium("w", "Patient/1", "6.1", "2026-03-01T09:00:00Z"))));
        received.pipeInput("Patient/1", bundle(entries.toArray(String[]::new)));
        List<String> told = transitions();
        assertThat(told).containsExactly("raised moderate", "escalated high", "resolved high");

        int patients = 1;
        try (LaneDriver recording = new LaneDriver("recording")) {
            for (int order = 0; order < 24; order++) {
                for (String born : List.of("1950", "2021")) {
                    String patient = Integer.toString(++patients);
                    String keyless = text(bundle(permuted(entries, order)))
                            .replace("Patient/1", "Patient/" + patient)
                            .replace("\"id\":\"1\"", "\"id\":\"" + patient + "\"")
                            .replace("1950", born);
                    recording.input(TopicNames.RESOURCE_RECEIVED).pipeInput(null, bytes(keyless));
                    recording
                            .output(TopicNames.RESOURCE_REKEYED)
                            .readRecordsToList()
                            .forEach(rekeyed::pipeInput);

                    assertThat(transitions()).as(keyless).isEqualTo(born.equals("1950") ? told : List.of());
                }
            }
        }
    }

    private static String[] permuted(List<String> all, int number) {
        List<String> left = new ArrayList<>(all);
        List<String> permuted = new ArrayList<>();
        for (int choices = all.size(), rest = number; choices > 0; rest /= choices, choices--) {
            permuted.add(left.remove(rest % choices));
        }
        return permuted.toArray(String[]::new);
    }

    private List<String> transitions() {
        return generated.readRecordsToList().stream()
                .map(alert -> header(alert, HeaderNames.TRANSITION) + " " + header(alert, HeaderNames.SEVERITY))
                .toList();
    }

    /** The report is in no topic after it; a time that is known to the day only is that day's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "issued":"2026-03-01T11:59:00Z"                                                          | 2026-03-01T11:59:00Z
            "effectiveDateTime":"2026-03-01T12:59:00.5+01:00"                                        | 2026-03-01T11:59:00.500Z
            "effectiveDateTime":"2026","issued":"2026-03-01T11:58:00Z"                               | 2026-03-01T11:58:00Z
            "effectiveDateTime":"2026-03-01"                                                         | 2026-03-01T12:00:00Z
            "effectivePeriod":{"start":"2026-02-28","end":"2026-03-01T11:00:00Z"}                    | 2026-03-01T11:00:00Z
            "effectiveTiming":{"event":["2026-03-01T10:00:00Z","2026-02-28"]}                        | 2026-03-01T10:00:00Z
            """)
    void aReKeyedResultKeepsTheTimeOfItsReport(String time, String start) {
        List<String> undated = List.of("", "\"effectiveDateTime\":\"2026\",");
        for (String server : List.of("urn:uuid:", "https://b.example/fhir/Observation/")) {
            for (String own : undated) {
                try (LaneDriver recording = new LaneDriver("recording")) {
                    String id = "o" + (server + own).length();
                    String result = text(potassium(id, "http://mrn.example/Patient/" + id, "6.9", AT))
                            .replaceFirst("\"effectiveDateTime\":\"[^\"]*\",", own);
                    String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                            + "{\"fullUrl\":\"" + server + id + "\",\"resource\":" + result + "},{\"resource\":"
                            + "{\"resourceType\":\"DiagnosticReport\"," + time.strip()
                            + ",\"result\":[{\"reference\":\""
                            + server + id + "\"}]}}]}";
                    recording.input(TopicNames.RESOURCE_RECEIVED).pipeInput(null, bytes(bundle));
                    recording
                            .output(TopicNames.RESOURCE_REKEYED)
                            .readRecordsToList()
                            .forEach(rekeyed::pipeInput);

                    TestRecord<String, byte[]> alert = generated.readRecord();
                    assertThat(alert.key()).isEqualTo("http://mrn.example/Patient/" + id);
                    assertThat(text(alert.value())).contains("\"start\":\"" + start + "\"");
                }
            }
        }
        assertThat(notEvaluated("time-unknown")).isZero();
    }

    private static byte[] bundleOf(String server, String value) {
        String observation = Fhir.text(potassium("1", "Patient/1", value, AT))
                .replace("{\"reference\":\"Patient/1\"}", "{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"7\"}}");
        return bytes("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":\"" + server
                + "Observation/1\",\"resource\":" + observation + "}]}");
    }

    /** The patient has an identifier of its own, an id that is thrown away, and a new urn in each transaction. */
    @Test
    void aConditionalTransactionLearnsAndEvaluatesOnePatient() {
        for (String search : List.of(
                "\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"identifier=urn:mrn|9\"",
                "\"method\":\"PUT\",\"url\":\"Patient?identifier=urn:mrn|9\"")) {
            received.pipeInput("urn:mrn|9", bytes("""
                    {"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:1","request":{%s},\
                    "resource":{"resourceType":"Patient","birthDate":"2024-05-01"}},{"resource":%s}]}""".formatted(
                            search, Fhir.text(potassium("o" + search.length(), "urn:uuid:1", "6.9", AT)))));
        }

        assertThat(generated.isEmpty()).isTrue();
        assertThat(lane.count("clinical.readings.not.evaluated", "reason", "age"))
                .isEqualTo(2);
    }
}
