package io.clinicalstreams.pipeline.lane;

import static io.clinicalstreams.pipeline.lane.Fhir.bytes;
import static io.clinicalstreams.pipeline.lane.Fhir.potassium;
import static io.clinicalstreams.pipeline.lane.Fhir.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.KeptLog;
import io.clinicalstreams.pipeline.step.ReadClinicalFacts;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleManifest;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerting lane sends what belongs to a duplicate through the re-keyed topic, and takes it from there. */
@Isolated // keeps what a logger of all classes logs
final class MergedPatientsTest {

    private static final List<AlertRule> RULES = AlertRuleYaml.load();
    private static final String FIRST = "2026-03-01T11:50:00Z";
    private static final String THEN = "2026-03-01T11:55:00Z";

    private final LaneDriver lane = new LaneDriver("alerting");
    private final LaneDriver recording = new LaneDriver("recording");
    private final TestInputTopic<String, byte[]> received = lane.input(TopicNames.RESOURCE_RECEIVED);
    private final TestOutputTopic<String, byte[]> rekeyed = lane.output(TopicNames.RESOURCE_REKEYED);
    private final TestOutputTopic<String, byte[]> generated = lane.output(TopicNames.ALERT_GENERATED);

    @BeforeEach
    void loadRules() {
        TestInputTopic<String, byte[]> rules = lane.input(TopicNames.ALERT_RULE);
        RULES.forEach(rule -> rules.pipeInput(rule.id(), AlertRuleJson.write(rule)));
        rules.pipeInput(
                RuleManifest.keyOf(RuleManifest.CURATED),
                RuleManifest.of(
                                RuleManifest.CURATED,
                                RULES.stream().collect(Collectors.toMap(AlertRule::id, AlertRule::version)))
                        .toJson());
    }

    @AfterEach
    void close() {
        lane.close();
        recording.close();
    }

    private static byte[] patient(String id, int version, String more) {
        return bytes("""
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"%d"}%s}""".formatted(id, version, more));
    }

    private static String replacedBy(String reference) {
        return """
                ,"active":false,"link":[{"other":{"reference":"Patient/9"},"type":"seealso"},\
                {"other":{"reference":"%s"},"type":"replaced-by"}]""".formatted(reference);
    }

    private void read(String patient, String id, String value, String time) {
        received.pipeInput("Patient/" + patient, potassium(id, "Patient/" + patient, value, time));
    }

    private List<String> alerts() {
        return generated.readRecordsToList().stream()
                .map(alert -> alert.key()
                        + ' '
                        + header(alert, HeaderNames.TRANSITION)
                        + ' '
                        + header(alert, HeaderNames.ALERT_VERSION))
                .toList();
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.US_ASCII);
    }

    @Test
    void anAlertMovesWithItsPatientAndLaterInputFollows() {
        read("1", "o1", "6.9", FIRST);
        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));
        read("1", "o2", "4.2", THEN);

        assertThat(alerts())
                .containsExactly(
                        "Patient/1 raised 1", "Patient/1 moved 2", "Patient/2 continued 1", "Patient/2 resolved 2");
    }

    @Test
    void itsAlertsNameTheOtherPatient() {
        read("1", "o1", "6.1", FIRST);
        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));
        read("1", "o2", "6.9", THEN);

        List<TestRecord<String, byte[]>> all = generated.readRecordsToList();
        assertThat(text(all.get(1).value())).contains("\"patient\":{\"reference\":\"Patient/1\"}");
        assertThat(all.subList(2, 4)).allSatisfy(alert -> assertThat(text(alert.value()))
                .contains("\"patient\":{\"reference\":\"Patient/2\"}")
                .doesNotContain("Patient/1"));
    }

    @Test
    void whatIsForwardedSaysSoInHeadersThatNameNoPatient() {
        read("1", "o1", "6.9", FIRST);
        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));
        received.pipeInput("Patient/2", patient("2", 2, replacedBy("Patient/3")));
        read("1", "o2", "6.8", THEN);

        List<TestRecord<String, byte[]>> forwarded = rekeyed.readRecordsToList();
        assertThat(forwarded)
                .extracting(record -> record.key()
                        + ' '
                        + header(record, HeaderNames.MERGE)
                        + ' '
                        + header(record, HeaderNames.MERGE_HOPS))
                .containsExactly(
                        "Patient/2 state 1", "Patient/3 state 1", "Patient/2 observation 1", "Patient/3 observation 2");
        assertThat(forwarded.get(3).value()).isEqualTo(potassium("o2", "Patient/1", "6.8", THEN));
        assertThat(forwarded).allSatisfy(record -> {
            assertThat(header(record, HeaderNames.ORIGIN)).startsWith("clinical.resource.received/0/");
            assertThat(header(record, HeaderNames.RECEIVED_AT)).containsOnlyDigits();
            for (Header header : record.headers()) {
                assertThat(new String(header.value(), StandardCharsets.US_ASCII))
                        .doesNotContain("Patient");
            }
        });
    }

    /** The second link comes first. */
    @Test
    void aChainLeadsToItsEnd() {
        received.pipeInput("Patient/2", patient("2", 2, replacedBy("Patient/3")));
        read("1", "o1", "6.9", FIRST);
        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));

        assertThat(alerts()).containsExactly("Patient/1 raised 1", "Patient/1 moved 2", "Patient/3 continued 1");
    }

    @Test
    void twoPatientsCannotReplaceOne() {
        received.pipeInput("Patient/1", patient("1", 2, """
                ,"link":[{"other":{"reference":"Patient/2"},"type":"replaced-by"},\
                {"other":{"reference":"Patient/3"},"type":"replaced-by"}]"""));
        read("1", "o1", "6.9", FIRST);

        assertThat(alerts()).containsExactly("Patient/1 raised 1");
        assertThat(lane.count("clinical.patients.merges", "event", "target-unknown"))
                .isEqualTo(1);
    }

    @Test
    void aMergeThatIsTakenBackIsCounted() {
        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));
        received.pipeInput("Patient/1", patient("1", 3, ""));
        read("1", "o1", "6.9", FIRST);

        assertThat(alerts()).containsExactly("Patient/1 raised 1");
        assertThat(lane.count("clinical.patients.merges", "event", "linked")).isEqualTo(1);
        assertThat(lane.count("clinical.patients.merges", "event", "taken-back"))
                .isEqualTo(1);
    }

    @Test
    void theOtherPatientMayBeAnotherEntryOfABundle() {
        String bundle = """
                {"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s},{"fullUrl":"urn:uuid:new",\
                "request":{"method":"PUT","url":"Patient?identifier=urn:mrn|2"},"resource":{"resourceType":"Patient"}}]}""".formatted(text(patient("1", 2, replacedBy("urn:uuid:new"))));
        read("1", "o1", "6.9", FIRST);
        received.pipeInput("Patient/1", bytes(bundle));
        // The same through the recording lane, which re-keys the duplicate alone.
        recording.input(TopicNames.RESOURCE_RECEIVED).pipeInput("urn:mrn|2", bytes(bundle));

        assertThat(alerts()).containsExactly("Patient/1 raised 1", "Patient/1 moved 2", "urn:mrn|2 continued 1");
        assertThat(text(recording.output(TopicNames.RESOURCE_REKEYED).readValue()))
                .contains("\"reference\":\"Patient?identifier=urn:mrn|2\"")
                .contains("\"reference\":\"Patient/9\"");
    }

    /** The report does not go along, but its time does. */
    @Test
    void aResultThatHasOnlyItsReportsTimeIsEvaluatedForTheOther() {
        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));
        String undated = text(potassium("o1", "Patient/1", "6.9", FIRST))
                .replace("\"effectiveDateTime\":\"%s\",".formatted(FIRST), "");
        received.pipeInput("Patient/1", bytes("""
                {"resourceType":"Bundle","type":"collection","entry":[{"resource":%s},{"resource":\
                {"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"K"},\
                "subject":{"reference":"Patient/1"},"effectiveDateTime":"%s",\
                "result":[{"reference":"Observation/o1"}]}}]}""".formatted(undated, FIRST)));

        assertThat(alerts()).containsExactly("Patient/2 raised 1");
    }

    /** Only the lane may forward: anyone can write to the first topic. */
    @Test
    void aForwardedRecordInTheFirstTopicIsAnInputLikeAnyOther() {
        TestRecord<String, byte[]> forged =
                new TestRecord<>("Patient/2", potassium("o1", "Patient/1", "6.9", FIRST), LaneDriver.NOW);
        forged.headers().add(HeaderNames.MERGE, bytes("observation"));
        received.pipeInput(forged);

        assertThat(alerts()).isEmpty();
    }

    /** The sender's contract: it is withdrawn under the first patient, in the version that this one had. */
    @Test
    void aResultThatWasFiledUnderTheWrongPatientCountsForTheOtherAloneAlsoAfterAMerge() {
        String filed = text(potassium("o1", "Patient/1", "6.9", FIRST))
                .replace("\"status\"", "\"meta\":{\"versionId\":\"1\"},\"status\"");
        String moved = filed.replace("Patient/1", "Patient/2").replace("\"1\"}", "\"2\"}");
        received.pipeInput("Patient/1", bytes(filed));
        received.pipeInput("Patient/1", bytes(filed.replace("final", "entered-in-error")));
        received.pipeInput("Patient/2", bytes(moved));
        received.pipeInput("Patient/1", bytes(filed));
        assertThat(alerts()).containsExactly("Patient/1 raised 1", "Patient/1 retracted 2", "Patient/2 raised 1");

        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));
        assertThat(alerts()).isEmpty();
    }

    /** If versions do not tell, a withdrawal counts for its own patient only, whichever patient is the duplicate. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void aResultThatMovedWithoutVersionsOutlivesAMerge(String wrong) {
        String right = wrong.equals("1") ? "2" : "1";
        String filed = text(potassium("o1", "Patient/" + wrong, "6.9", FIRST));
        received.pipeInput("Patient/" + wrong, bytes(filed));
        received.pipeInput("Patient/" + wrong, bytes(filed.replace("final", "entered-in-error")));
        read(right, "o1", "6.9", FIRST);
        received.pipeInput("Patient/1", patient("1", 2, replacedBy("Patient/2")));
        List<String> all = alerts();

        assertThat(all).startsWith("Patient/" + wrong + " raised 1", "Patient/" + wrong + " retracted 2");
        assertThat(all.get(all.size() - 1)).isIn("Patient/2 raised 1", "Patient/2 continued 3");
        read("2", "o2", "4.2", THEN);
        assertThat(alerts()).singleElement().asString().startsWith("Patient/2 resolved");
    }

    /** The log says where it is, and nothing of it. */
    @Test
    void aStateThatCannotBeReadIsCountedAndLogged() {
        TestRecord<String, byte[]> damaged = new TestRecord<>("Patient/2", bytes("{\"from\": Doe"), LaneDriver.NOW);
        damaged.headers().add(HeaderNames.MERGE, bytes("state"));
        Logger logger = (Logger) LogManager.getLogger(ReadClinicalFacts.class);
        KeptLog kept = new KeptLog();
        kept.start();
        logger.addAppender(kept);
        try {
            lane.input(TopicNames.RESOURCE_REKEYED).pipeInput(damaged);
        } finally {
            logger.removeAppender(kept);
        }

        assertThat(lane.count("clinical.readings.not.evaluated", "reason", "unexpected"))
                .isEqualTo(1);
        assertThat(kept.messages())
                .singleElement()
                .asString()
                .contains("not readable")
                .doesNotContain("Doe");
    }

    @Test
    void theRecordingLaneHasRecordedItAlready() {
        TestRecord<String, byte[]> forwarded =
                new TestRecord<>("Patient/2", potassium("o1", "Patient/1", "6.9", FIRST), LaneDriver.NOW);
        forwarded.headers().add(HeaderNames.MERGE, bytes("observation"));
        recording.input(TopicNames.RESOURCE_REKEYED).pipeInput(forwarded);

        assertThat(recording.output(TopicNames.OBSERVATION_RECORDED).isEmpty()).isTrue();
        assertThat(recording.output(TopicNames.RESOURCE_REJECTED).isEmpty()).isTrue();
        assertThat(recording.count("clinical.resources.ignored", "reason", "Merge"))
                .isEqualTo(1);
    }
}
