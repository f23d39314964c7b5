package io.clinicalstreams.verifier;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import io.clinicalstreams.verifier.source.Sha256;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Every test is a run with one error, which the verdict must report. */
class VerdictTest {

    private static final String ANNA = "Patient/anna";
    private static final String BEN = "Patient/ben";

    private final VerifiedTopics verified = MemoryTopics.verified();
    private final MemoryTopics topics = new MemoryTopics();

    private Verdict verdict() {
        return Verifier.verify(topics, verified, Mark.BEGINNING, -1);
    }

    @Test
    void aCorrectRunPassesAndAddsUp() {
        String observation = Samples.observation(ANNA);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, topics.send(ANNA, observation));
        String request = Samples.medicationRequest(ANNA);
        topics.record(TopicNames.MEDICATION_REQUESTED, ANNA, request, topics.send(ANNA, request));
        String encounter = Samples.encounter(ANNA);
        topics.record(TopicNames.ENCOUNTER_CHANGED, ANNA, encounter, topics.send(ANNA, encounter));
        String product = Samples.medicationKnowledge("197604");
        topics.record(TopicNames.MEDICATION_CATALOG, "formulary/197604", product, topics.send(null, product));
        topics.send(ANNA, Samples.patient("anna"));
        topics.reject(ANNA, bytes("no json"), "NOT_JSON", topics.send(ANNA, "no json"));

        Verdict verdict = verdict();

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.sent()).isEqualTo(6);
        assertThat(verdict.recorded())
                .isEqualTo(Map.of(
                        "clinical.observation.recorded", 1L,
                        "clinical.medication.requested", 1L,
                        "administrative.encounter.changed", 1L,
                        "reference.medication.catalog", 1L));
        assertThat(verdict.rejected()).isEqualTo(Map.of("NOT_JSON", 1L));
        assertThat(verdict.ignored()).isEqualTo(Map.of("Patient", 1L));
        assertThat(verdict.isGood()).isTrue();
    }

    @Test
    void aDroppedResourceIsLost() {
        Coordinates origin = topics.send(ANNA, Samples.observation(ANNA));

        Verdict verdict = verdict();

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.sent()).isEqualTo(1);
        assertThat(verdict.problems()).containsExactly(origin + ": was lost");
        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.nothingLost().isKept()).isFalse();
        assertThat(verdict.nothingDuplicated().isKept()).isTrue();
    }

    @Test
    void aDoubledResourceIsDuplicated() {
        String observation = Samples.observation(ANNA);
        Coordinates origin = topics.send(ANNA, observation);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);
        topics.reject(ANNA, bytes(observation), "UNEXPECTED", origin);

        Verdict verdict = verdict();

        assertThat(verdict.duplicated()).isEqualTo(2);
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.nothingDuplicated().isKept()).isFalse();
        assertThat(verdict.nothingLost().isKept()).isTrue();
    }

    @Test
    void anAlteredResourceIsLost() {
        String observation = Samples.observation(ANNA);
        topics.record(
                TopicNames.OBSERVATION_RECORDED,
                ANNA,
                observation.replace("4.10", "4.1"),
                topics.send(ANNA, observation));

        Verdict verdict = verdict();

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.altered()).isEqualTo(1);
        assertThat(verdict.duplicated()).isZero();
    }

    @Test
    void anAlteredQuarantineRecordIsLost() {
        topics.reject(ANNA, bytes("no jso"), "NOT_JSON", topics.send(ANNA, "no json"));

        assertThat(verdict().altered()).isEqualTo(1);
    }

    @Test
    void aResourceInTheWrongTopicIsAProblem() {
        String observation = Samples.observation(ANNA);
        Coordinates origin = topics.send(ANNA, observation);
        topics.record(TopicNames.ENCOUNTER_CHANGED, ANNA, observation, origin);

        assertProblem(origin + ": was recorded in administrative.encounter.changed");
    }

    @Test
    void aResourceUnderAnotherPatientIsAProblem() {
        String observation = Samples.observation(ANNA);
        Coordinates origin = topics.send(ANNA, observation);
        topics.record(TopicNames.OBSERVATION_RECORDED, BEN, observation, origin);

        assertProblem(origin + ": was recorded under the wrong key");
    }

    @Test
    void aResourceOnTheWrongPartitionIsAProblem() {
        String observation = Samples.observation(ANNA);
        Coordinates origin = topics.send(ANNA, observation);
        int wrong = (verified.recorded(TopicNames.OBSERVATION_RECORDED).partitionOf(bytes(ANNA)) + 1) % 6;
        topics.outputTo(
                wrong, verified.recorded(TopicNames.OBSERVATION_RECORDED), ANNA, bytes(observation), origin, Map.of());

        assertProblem(origin + ": was recorded on the wrong partition");
    }

    @Test
    void anInvalidResourceThatWasAcceptedIsAProblem() {
        String bad = Samples.observation(ANNA).replace("\"status\":\"final\",", "");
        Coordinates origin = topics.send(ANNA, bad);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, bad, origin);

        assertProblem(origin + ": was accepted although it had to be rejected: [MISSING_STATUS]");
    }

    @Test
    void aValidResourceThatWasRejectedIsAProblem() {
        String observation = Samples.observation(ANNA);
        Coordinates origin = topics.send(ANNA, observation);
        topics.reject(ANNA, bytes(observation), "OBS_6", origin);

        assertProblem(origin + ": was rejected for OBS_6 although it is valid");
    }

    @Test
    void aWrongReasonIsAProblemButNotALoss() {
        Coordinates origin = topics.send(ANNA, "no json");
        topics.reject(ANNA, bytes("no json"), "OBS_6", origin);

        assertProblem(origin + ": was rejected for OBS_6 instead of [NOT_JSON]");
        assertThat(verdict().rejected()).isEqualTo(Map.of("OBS_6", 1L));
    }

    @Test
    void anUnknownReasonIsNotShown() {
        Coordinates origin = topics.send(ANNA, "no json");
        topics.reject(ANNA, bytes("no json"), "canary", origin);

        assertProblem(origin + ": was rejected for an unknown reason instead of [NOT_JSON]");
    }

    @Test
    void aRejectionUnderAnotherKeyIsAProblem() {
        Coordinates origin = topics.send(ANNA, "no json");
        topics.reject(BEN, bytes("no json"), "NOT_JSON", origin);

        assertProblem(origin + ": was rejected under a key other than its original one");
    }

    @Test
    void anIgnoredResourceThatIsRecordedIsAProblem() {
        String patient = Samples.patient("anna");
        Coordinates origin = topics.send(ANNA, patient);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, patient, origin);

        assertThat(verdict().problems()).contains(origin + ": was recorded although it had to be ignored: Patient");
    }

    @Test
    void anOutcomeWithoutInputCountsAsDuplicate() {
        Coordinates nothing = Coordinates.ofRecord(verified.received().fullName(), 0, 99);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, Samples.observation(ANNA), nothing);

        Verdict verdict = verdict();

        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.problems()).singleElement().asString().endsWith("has no input in the range");
    }

    @Test
    void whatOthersSendWhileTheTopicsAreReadIsNotJudged() {
        String observation = Samples.observation(ANNA);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, topics.send(ANNA, observation));
        boolean[] sent = {false};
        TopicSource meanwhile = (topic, from, each) -> {
            Mark end = topics.read(topic, from, each);
            if (!sent[0] && topic.equals(verified.rekeyed())) {
                sent[0] = true;
                topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, topics.send(ANNA, observation));
            }
            return end;
        };

        Verdict verdict = Verifier.verify(meanwhile, verified, Mark.BEGINNING, 1);

        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.sent()).isEqualTo(1);
    }

    @Test
    void missingAcknowledgedRecordsAreLost() {
        String observation = Samples.observation(ANNA);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, topics.send(ANNA, observation));

        Verdict verdict = Verifier.verify(topics, verified, Mark.BEGINNING, 3);

        assertThat(verdict.lost()).isEqualTo(2);
        assertThat(verdict.sent()).isEqualTo(3);
    }

    @Test
    void recordsBeforeTheMarkAreNotJudged() {
        topics.send(ANNA, Samples.observation(ANNA));
        TopicPartition partition = new TopicPartition(
                verified.received().fullName(), verified.received().partitionOf(bytes(ANNA)));
        Mark mark = new Mark(Map.of(partition, 1L));

        assertThat(Verifier.verify(topics, verified, mark, 0).isGood()).isTrue();
    }

    @Test
    void aDescribedValueIsKeptIfTheDescriptionMatches() {
        String large = "\"" + "x".repeat(3 << 20) + "\"";
        Coordinates origin = topics.send(ANNA, large);
        String description = "{\"origin\":\"%s\",\"length\":%d,\"sha256\":\"%s\"}"
                .formatted(origin, large.length(), Sha256.hex(bytes(large)));
        Map<String, String> headers = Map.of(HeaderNames.REASON, "NOT_AN_OBJECT", HeaderNames.VALUE_OMITTED, "true");
        topics.output(verified.rejected(), ANNA, bytes(description), origin, headers);

        assertThat(verdict().problems()).isEmpty();
    }

    @Test
    void aDescriptionOfAnotherValueIsALoss() {
        Coordinates origin = topics.send(ANNA, "no json");
        String description = "{\"length\":7,\"sha256\":\"%s\"}".formatted(Sha256.hex(bytes("no jso!")));
        Map<String, String> headers = Map.of(HeaderNames.REASON, "NOT_JSON", HeaderNames.VALUE_OMITTED, "true");
        topics.output(verified.rejected(), ANNA, bytes(description), origin, headers);

        assertThat(verdict().altered()).isEqualTo(1);
    }

    @Test
    void linesAreFewAndNeverContainContent() {
        for (int i = 0; i < 100; i++) {
            topics.send("Patient/canary" + i, Samples.observation("Patient/canary" + i));
        }

        Verdict verdict = verdict();

        assertThat(verdict.problems()).hasSize(20);
        assertThat(verdict.lost()).isEqualTo(100);
        assertThat(verdict.toString()).doesNotContain("canary");
    }

    @Test
    void itsJsonHasTheCountsAndNoLines() {
        assertThat(new ObjectMapper().valueToTree(verdict()).fieldNames())
                .toIterable()
                .containsExactly(
                        "sent",
                        "recorded",
                        "rejected",
                        "ignored",
                        "rekeyed",
                        "lost",
                        "altered",
                        "duplicated",
                        "otherProblems");
    }

    @Test
    void aVerdictThatDoesNotAddUpCannotBeCreated() {
        assertThatThrownBy(() ->
                        new Verdict(5, Map.of(), Map.of(), Map.of(), 0, 4, 0, 0, 0, List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    private void assertProblem(String line) {
        Verdict verdict = verdict();
        assertThat(verdict.problems()).containsExactly(line);
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.duplicated()).isZero();
        assertThat(verdict.outcomesCorrect().isKept()).isFalse();
        assertThat(verdict.isGood()).isFalse();
    }
}
