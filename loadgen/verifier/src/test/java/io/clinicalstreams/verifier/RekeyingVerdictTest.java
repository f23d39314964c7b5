package io.clinicalstreams.verifier;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.account.PatientOrderKept;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The verdict on resources with the wrong key or partition. */
class RekeyingVerdictTest {

    private static final String ANNA = "Patient/anna";
    private static final String BEN = "Patient/ben";

    private final VerifiedTopics verified = MemoryTopics.verified();
    private final MemoryTopics topics = new MemoryTopics();
    private final String observation = Samples.observation(ANNA);

    private Verdict verdict() {
        return Verifier.verify(topics, verified, Mark.BEGINNING, -1);
    }

    private int wrongPartition() {
        return (verified.received().partitionOf(bytes(ANNA)) + 1) % 6;
    }

    @Test
    void misKeyedResourcesAreCorrectWhenReKeyedAndRecorded() {
        for (Coordinates origin : new Coordinates[] {
            topics.send(null, observation),
            topics.send(BEN, observation),
            topics.sendTo(wrongPartition(), ANNA, observation)
        }) {
            topics.rekey(ANNA, observation, origin);
            topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);
        }

        assertThat(verdict().problems()).isEmpty();
        assertThat(verdict().rekeyed()).isEqualTo(3);
    }

    @Test
    void aMisKeyedPatientMustBeReKeyedToo() {
        Coordinates origin = topics.send(null, Samples.patient("anna"));

        assertThat(verdict().problems()).containsExactly(origin + ": was not re-keyed");

        topics.rekey(ANNA, Samples.patient("anna"), origin);

        assertThat(verdict().isGood()).isTrue();
        assertThat(verdict().ignored()).isEqualTo(Map.of("Patient", 1L));
    }

    @Test
    void aResourceRecordedWithoutReKeyingIsAProblem() {
        Coordinates origin = topics.send(BEN, observation);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);

        assertThat(verdict().problems()).containsExactly(origin + ": was not re-keyed");
    }

    @Test
    void unnecessaryReKeyingIsAProblem() {
        Coordinates origin = topics.send(ANNA, observation);
        topics.rekey(ANNA, observation, origin);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);

        assertThat(verdict().problems()).containsExactly(origin + ": was re-keyed unnecessarily");
    }

    @Test
    void reKeyingTwiceIsADuplicate() {
        Coordinates origin = topics.send(BEN, observation);
        topics.rekey(ANNA, observation, origin);
        topics.rekey(ANNA, observation, origin);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);

        assertThat(verdict().duplicated()).isEqualTo(1);
    }

    @Test
    void reKeyingToTheWrongPatientIsAProblem() {
        Coordinates origin = topics.send(null, observation);
        topics.rekey(BEN, observation, origin);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);

        assertThat(verdict().problems()).containsExactly(origin + ": was re-keyed to the wrong key or partition");
    }

    @Test
    void reKeyingThatChangesTheValueIsAProblem() {
        Coordinates origin = topics.send(null, observation);
        topics.rekey(ANNA, observation.replace("4.10", "41"), origin);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, origin);

        assertThat(verdict().problems()).containsExactly(origin + ": was changed by re-keying");
    }

    @Test
    void anotherSendersMisKeyedRecordInTheReKeyedTopicMustBeRejected() {
        Coordinates origin =
                topics.append(verified.rekeyed(), wrongPartition(), ANNA, bytes(observation), new RecordHeaders(), 0);
        topics.reject(ANNA, bytes(observation), "MISKEYED", origin);

        assertThat(verdict().problems()).isEmpty();
        assertThat(verdict().rejected()).isEqualTo(Map.of("MISKEYED", 1L));
    }

    @Test
    void theOrderOfAPatientIsJudgedByPath() {
        Coordinates first = topics.send(ANNA, observation);
        Coordinates second = topics.send(ANNA, observation);
        Coordinates detour = topics.sendTo(wrongPartition(), ANNA, observation);
        topics.rekey(ANNA, observation, detour);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, first);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, detour);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, second);

        assertThat(PatientOrderKept.check(topics, verified, Mark.BEGINNING).isKept())
                .isTrue();

        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, observation, first);

        assertThat(PatientOrderKept.check(topics, verified, Mark.BEGINNING).broken())
                .singleElement()
                .asString()
                .endsWith(first + " comes after " + second);
    }
}
