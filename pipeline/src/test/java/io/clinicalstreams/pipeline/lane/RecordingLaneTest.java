package io.clinicalstreams.pipeline.lane;

import static io.clinicalstreams.pipeline.lane.Fhir.bytes;
import static io.clinicalstreams.pipeline.lane.Fhir.potassium;
import static io.clinicalstreams.pipeline.lane.Fhir.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.pipeline.step.Destination;
import io.clinicalstreams.pipeline.step.Outcome;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecordingLaneTest {

    private static final String AT = "2026-03-01T11:59:00Z";
    private static final int MEBIBYTE = 1024 * 1024;

    private final LaneDriver lane = new LaneDriver("recording");
    private final TestInputTopic<String, byte[]> received = lane.input(TopicNames.RESOURCE_RECEIVED);
    private final TestInputTopic<String, byte[]> rekeyedInput = lane.input(TopicNames.RESOURCE_REKEYED);
    private final TestOutputTopic<String, byte[]> observations = lane.output(TopicNames.OBSERVATION_RECORDED);
    private final TestOutputTopic<String, byte[]> encounters = lane.output(TopicNames.ENCOUNTER_CHANGED);
    private final TestOutputTopic<String, byte[]> medications = lane.output(TopicNames.MEDICATION_REQUESTED);
    private final TestOutputTopic<String, byte[]> catalog = lane.output(TopicNames.MEDICATION_CATALOG);
    private final TestOutputTopic<String, byte[]> rekeyed = lane.output(TopicNames.RESOURCE_REKEYED);
    private final TestOutputTopic<String, byte[]> rejected = lane.output(TopicNames.RESOURCE_REJECTED);

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void recordsTheReceivedBytesUnderThePatientsKeyWithTheirCoordinates() {
        byte[] observation = potassium("o1", "Patient/1", "4.1", AT);

        received.pipeInput(new TestRecord<>("Patient/1", observation, new RecordHeaders(), LaneDriver.NOW));

        TestRecord<String, byte[]> recorded = observations.readRecord();
        assertThat(recorded.key()).isEqualTo("Patient/1");
        assertThat(recorded.value()).isEqualTo(observation);
        assertThat(header(recorded, HeaderNames.ORIGIN)).isEqualTo("clinical.resource.received/0/0");
    }

    /** A destination without a branch must not drop records. */
    @Test
    void anOutcomeWithoutABranchStopsTheLane() {
        Outcome forgotten = new Outcome(new Destination("clinical.thing.forgotten", "forget"), bytes("{}"));
        try (LaneDriver broken = LaneDriver.recording(() -> new Forwards(forgotten))) {
            TestInputTopic<String, byte[]> input = broken.input(TopicNames.RESOURCE_RECEIVED);

            assertThatThrownBy(() -> input.pipeInput("Patient/1", bytes("{}")))
                    .hasRootCauseMessage("no branch for " + forgotten.destination());
        }
    }

    private static final class Forwards extends ContextualProcessor<byte[], byte[], byte[], Outcome> {

        private final Outcome outcome;

        Forwards(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            context().forward(record.withValue(outcome));
        }
    }

    @Test
    void routesEachTypeToItsTopic() {
        received.pipeInput(
                "Patient/1",
                bytes("{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},"
                        + "\"subject\":{\"reference\":\"Patient/1\"}}"));
        received.pipeInput(
                "Patient/1",
                bytes("{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"order\","
                        + "\"medicationCodeableConcept\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/1\"}}"));
        received.pipeInput(
                null,
                bytes("{\"resourceType\":\"MedicationKnowledge\",\"code\":{\"coding\":[{\"code\":\"3407\","
                        + "\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\"}]}}"));

        assertThat(encounters.readRecord().key()).isEqualTo("Patient/1");
        assertThat(medications.readRecord().key()).isEqualTo("Patient/1");
        assertThat(catalog.readRecord().key()).isEqualTo("formulary/3407");
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void sendsAMiskeyedResourceAgainUnderItsPatientAndRecordsItThenUnderItsFirstCoordinates() {
        byte[] observation = potassium("o1", "Patient/1", "4.1", AT);

        received.pipeInput(new TestRecord<>("Patient/2", observation, new RecordHeaders(), LaneDriver.NOW));

        TestRecord<String, byte[]> again = rekeyed.readRecord();
        assertThat(again.key()).isEqualTo("Patient/1");
        assertThat(header(again, HeaderNames.RECEIVED_AT)).isEqualTo(Long.toString(LaneDriver.NOW.toEpochMilli()));
        // The driver has already passed it back to the lane, because it is also a source.
        TestRecord<String, byte[]> recorded = observations.readRecord();
        assertThat(recorded.value()).isEqualTo(observation);
        assertThat(header(recorded, HeaderNames.ORIGIN)).isEqualTo("clinical.resource.received/0/0");
    }

    @Test
    void sendsAPatientOfAnotherServerAgainWithThatServersAddress() {
        received.pipeInput(
                "Patient/1",
                bytes(
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"fullUrl\":"
                                + "\"https://b.example/Patient/1\",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"1\"}}]}"));

        assertThat(rekeyed.readRecord().key()).isEqualTo("https://b.example/Patient/1");
        // The driver passed it back to the lane; it is still the other server's patient, not ours.
        assertThat(lane.count("clinical.resources.ignored", "reason", "Patient"))
                .isEqualTo(1);
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void rejectsResourcesMiskeyedAgainSoThatNothingLoops() {
        rekeyedInput.pipeInput("Patient/2", potassium("o1", "Patient/1", "4.1", AT));

        assertThat(header(rejected.readRecord(), HeaderNames.REASON)).isEqualTo("MISKEYED");
        assertThat(rekeyed.isEmpty()).isTrue();
    }

    @Test
    void quarantinesTheBytesAndKeyAsReceivedWithAReasonAndNothingElseOfThem() {
        byte[] broken = bytes("{\"resourceType\":\"Observation\",\"name\":\"Canary Birdsong\"");

        received.pipeInput("Canary", broken);

        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(kept.key()).isEqualTo("Canary");
        assertThat(kept.value()).isEqualTo(broken);
        assertThat(header(kept, HeaderNames.REASON)).isEqualTo("NOT_JSON");
        assertThat(Arrays.stream(kept.headers().toArray()).map(Header::key))
                .containsExactlyInAnyOrder(HeaderNames.ORIGIN, HeaderNames.REASON);
    }

    @Test
    void keepsATombstoneInQuarantine() {
        received.pipeInput("Patient/1", null);

        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(kept.value()).isNull();
        assertThat(header(kept, HeaderNames.REASON)).isEqualTo("NULL_VALUE");
    }

    @Test
    void leavesOutAKeyThatIsTooLargeByItselfEvenOfATombstone() {
        received.pipeInput("k".repeat(7 * MEBIBYTE), null);

        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(kept.key()).isNull();
        assertThat(header(kept, HeaderNames.KEY_OMITTED)).isEqualTo("true");
        assertThat(header(kept, HeaderNames.REASON)).isEqualTo("NULL_VALUE");
    }

    @Test
    void splitsABundleAndQuarantinesOnlyTheInvalidEntry() {
        received.pipeInput(
                "Patient/1",
                bytes("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":"
                        + text(potassium("o1", "Patient/1", "4.1", AT)) + "},{\"resource\":"
                        + "{\"resourceType\":\"Observation\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/1\"}}"
                        + "},{\"resource\":" + text(potassium("o2", "Patient/1", "4.2", AT)) + "}]}"));

        assertThat(observations.readRecordsToList())
                .extracting(record -> header(record, HeaderNames.ORIGIN))
                .containsExactly("clinical.resource.received/0/0/0", "clinical.resource.received/0/0/2");
        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(header(kept, HeaderNames.REASON)).isEqualTo("MISSING_CODE");
        assertThat(header(kept, HeaderNames.ORIGIN)).isEqualTo("clinical.resource.received/0/0/1");
        assertThat(text(kept.value()))
                .startsWith("{\"resourceType\":\"Observation\"")
                .endsWith("}");
    }

    @Test
    void countsResourcesWithoutARoute() {
        received.pipeInput(null, bytes("{\"resourceType\":\"Practitioner\",\"id\":\"p\"}"));

        assertThat(lane.count("clinical.resources.ignored", "reason", "Practitioner"))
                .isEqualTo(1);
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void describesAValueThatIsTooLargeInsteadOfKeepingIt() {
        byte[] huge = bytes("{\"resourceType\":\"Observation\",\"note\":\"" + "x".repeat(9 * MEBIBYTE) + "\"}");

        received.pipeInput("Patient/1", huge);

        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(header(kept, HeaderNames.VALUE_OMITTED)).isEqualTo("true");
        assertThat(text(kept.value()))
                .startsWith("{\"origin\":\"clinical.resource.received/0/0\",\"length\":" + huge.length)
                .hasSizeLessThan(200);
    }

    @Test
    void omitsOnlyTheKeyIfTheKeyIsTooLarge() {
        byte[] broken = bytes("not JSON");

        received.pipeInput("k".repeat(7 * MEBIBYTE), broken);

        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(kept.key()).isNull();
        assertThat(kept.value()).isEqualTo(broken);
        assertThat(header(kept, HeaderNames.KEY_OMITTED)).isEqualTo("true");
        assertThat(header(kept, HeaderNames.VALUE_OMITTED)).isEqualTo("none");
    }

    @Test
    void leavesOutTheLargerOfKeyAndValueWhereTheyDoNotFitTogether() {
        String key = "k".repeat(3 * MEBIBYTE);

        received.pipeInput(key, bytes("v".repeat(4 * MEBIBYTE)));

        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(kept.key()).isEqualTo(key);
        assertThat(text(kept.value())).contains("\"length\":" + 4 * MEBIBYTE);
        assertThat(header(kept, HeaderNames.VALUE_OMITTED)).isEqualTo("true");
        assertThat(header(kept, HeaderNames.KEY_OMITTED)).isEqualTo("none");
    }

    @Test
    void leavesOutBothWhereNeitherFits() {
        received.pipeInput("k".repeat(8 * MEBIBYTE), bytes("v".repeat(7 * MEBIBYTE)));

        TestRecord<String, byte[]> kept = rejected.readRecord();
        assertThat(kept.key()).isNull();
        assertThat(text(kept.value())).contains("\"length\":" + 7 * MEBIBYTE);
        assertThat(header(kept, HeaderNames.VALUE_OMITTED)).isEqualTo("true");
        assertThat(header(kept, HeaderNames.KEY_OMITTED)).isEqualTo("true");
    }

    @Test
    void believesNoOriginThatIsLongerThanAnyItWrites() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(HeaderNames.ORIGIN, ("t".repeat(7 * MEBIBYTE) + "/0/0").getBytes(StandardCharsets.US_ASCII));

        rekeyedInput.pipeInput(
                new TestRecord<>("Patient/1", potassium("o1", "Patient/1", "4.1", AT), headers, LaneDriver.NOW));

        assertThat(header(observations.readRecord(), HeaderNames.ORIGIN)).isEqualTo("clinical.resource.rekeyed/0/0");
    }

    @Test
    void believesAnOriginOfAnyNameThatATopicMayHave() {
        String origin = "t".repeat(249) + '/' + Integer.MAX_VALUE + '/' + Long.MAX_VALUE + '/' + Integer.MAX_VALUE;
        RecordHeaders headers = new RecordHeaders();
        headers.add(HeaderNames.ORIGIN, origin.getBytes(StandardCharsets.US_ASCII));

        rekeyedInput.pipeInput(
                new TestRecord<>("Patient/1", potassium("o1", "Patient/1", "4.1", AT), headers, LaneDriver.NOW));

        assertThat(header(observations.readRecord(), HeaderNames.ORIGIN)).isEqualTo(origin);
    }

    @Test
    void rejectsAResourceThatIsTooLargeToBeSentAgain() {
        String padded = text(potassium("o1", "Patient/1", "4.1", AT)).replaceFirst("\\{", "{" + " ".repeat(8_000_000));

        received.pipeInput("Patient/2", bytes(padded));

        assertThat(header(rejected.readRecord(), HeaderNames.REASON)).isEqualTo("TOO_LARGE");
        assertThat(rekeyed.isEmpty()).isTrue();
    }

    @Test
    void handsOnTheIntendedSendTimeAndNothingElseTheSenderWrote() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(HeaderNames.SENT_AT, "1767225600000000".getBytes(StandardCharsets.US_ASCII));
        headers.add(HeaderNames.ORIGIN, "Canary/0/0".getBytes(StandardCharsets.US_ASCII));
        headers.add("name", "Canary Birdsong".getBytes(StandardCharsets.US_ASCII));

        received.pipeInput(
                new TestRecord<>("Patient/1", potassium("o1", "Patient/1", "4.1", AT), headers, LaneDriver.NOW));

        TestRecord<String, byte[]> recorded = observations.readRecord();
        assertThat(header(recorded, HeaderNames.SENT_AT)).isEqualTo("1767225600000000");
        assertThat(header(recorded, HeaderNames.ORIGIN)).isEqualTo("clinical.resource.received/0/0");
        assertThat(recorded.headers().headers("name")).isEmpty();
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
