package io.clinicalstreams.verifier.alert;

import static io.clinicalstreams.verifier.alert.Alerts.ID;
import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.RangeSource;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EveryAlertOnceTest {

    private static final String ANNA = "Patient/anna";
    private static final String RAISED = Alerts.json(ID, 1, "raised", "moderate", 0);
    private static final String ESCALATED = Alerts.json(ID, 2, "escalated", "high", 1);
    private static final String RESOLVED = Alerts.json(ID, 3, "resolved", "high", 1);

    private final MemoryTopics topics = new MemoryTopics();

    private List<String> broken() {
        return EveryAlertOnce.check(topics, MemoryTopics.verified(), Mark.BEGINNING)
                .broken();
    }

    private void both(String json) {
        Alerts.generate(topics, ANNA, json);
        Alerts.keep(topics, ID, json);
    }

    /** A tombstone: the form before it remains the final one. */
    private void forget(String id) {
        topics.output(MemoryTopics.verified().alertsCurrent(), id, null, Coordinates.ofRecord("t", 0, 0), Map.of());
    }

    @Test
    void holdsWhenVersionsCountUpAndTheLastIsCurrent() {
        both(RAISED);
        both(ESCALATED);
        both(RESOLVED);
        forget(ID);

        assertThat(broken()).isEmpty();
        assertThat(AlertForms.current(topics, MemoryTopics.verified(), Mark.BEGINNING)
                        .counts())
                .isEqualTo(new AlertCounts(1, 1, 1, 0));
    }

    @Test
    void anAlertThatEndedMayBeCorrectedAndMayComeBack() {
        String end = "\"identifiedPeriod\":{\"end\":\"2024-01-01T10:00:00Z\"},\"status\"";
        String revised = Alerts.json(ID, 4, "revised", "high", 1).replace("\"status\"", end);
        both(RAISED);
        both(ESCALATED);
        both(RESOLVED);
        both(revised);
        forget(ID);
        assertThat(broken()).isEmpty();

        both(Alerts.json(ID, 5, "retracted", "high", 1));
        forget(ID);
        both(Alerts.json(ID, 6, "reopened", "high", 1));
        assertThat(broken()).isEmpty();
    }

    @Test
    void anAlertThatGoesOnAfterItsEndIsNoticed() {
        both(RAISED);
        both(Alerts.json(ID, 2, "retracted", "moderate", 0));
        both(Alerts.json(ID, 3, "escalated", "high", 1));
        both(Alerts.json(ID, 4, "resolved", "high", 1));
        both(Alerts.json(ID, 5, "revised", "high", 1));

        assertThat(broken())
                .containsExactly(ID + " version 3 goes on after its end", ID + " version 5 goes on after its end");
    }

    @Test
    void twoContentsUnderOneVersionAreNoticed() {
        both(RAISED);
        both(RAISED.replace("moderate", "high"));

        assertThat(broken()).containsExactly(ID + " version 1 has two contents");
    }

    @Test
    void theSameVersionTwiceIsNoticed() {
        both(RAISED);
        both(RAISED);

        assertThat(broken()).containsExactly(ID + " version 1 was generated twice");
    }

    @Test
    void aGapInTheVersionsIsNoticed() {
        both(RAISED);
        both(RESOLVED);

        assertThat(broken()).containsExactly(ID + " version 3 follows version 1");
    }

    @Test
    void anAlertThatDoesNotBeginWithVersionOneIsNoticed() {
        both(ESCALATED);

        assertThat(broken()).containsExactly(ID + " version 2 begins with version 2");
    }

    @Test
    void anAlertFromBeforeTheMarkMayBeginLater() {
        VerifiedTopic generated = MemoryTopics.verified().alertsGenerated();
        VerifiedTopic current = MemoryTopics.verified().alertsCurrent();
        both(RAISED);
        Mark mark = new Mark(Map.of(
                new TopicPartition(generated.fullName(), generated.partitionOf(bytes(ANNA))), 1L,
                new TopicPartition(current.fullName(), current.partitionOf(bytes(ID))), 1L));
        both(ESCALATED);

        assertThat(EveryAlertOnce.check(topics, MemoryTopics.verified(), mark).isKept())
                .isTrue();
    }

    /** Judges the inputs from offset 1 on. */
    private List<String> brokenFromTheSecondInput() {
        VerifiedTopics verified = MemoryTopics.verified();
        Mark offsets = new Mark(Map.of(new TopicPartition(verified.received().fullName(), 0), 1L));
        RangeSource range = new RangeSource(topics, verified, offsets, Mark.BEGINNING, Mark.BEGINNING);
        return EveryAlertOnce.check(range, verified, offsets).broken();
    }

    private void escalateByTheSecondInput() {
        VerifiedTopics verified = MemoryTopics.verified();
        Coordinates second = Coordinates.ofRecord(verified.received().fullName(), 0, 1);
        topics.output(verified.alertsGenerated(), ANNA, bytes(ESCALATED), second, Map.of());
        topics.output(verified.alertsCurrent(), ID, bytes(ESCALATED), second, Map.of());
    }

    @Test
    void anAlertWhoseFirstVersionIsOfAnInputThatIsNotJudgedMayBeginLater() {
        both(RAISED);
        escalateByTheSecondInput();

        assertThat(brokenFromTheSecondInput()).isEmpty();
    }

    @Test
    void aLostFirstVersionIsNoticedAlsoAfterEarlierInput() {
        escalateByTheSecondInput();

        assertThat(brokenFromTheSecondInput()).containsExactly(ID + " version 2 begins with version 2");
    }

    @Test
    void anAlertMayBeginLaterOnlyOnAPartitionWhoseFirstRecordsHaveExpired() {
        VerifiedTopic generated = MemoryTopics.verified().alertsGenerated();
        int partition = generated.partitionOf(bytes(ANNA));
        both(ESCALATED);

        assertThat(brokenIfExpired(partition)).isEmpty();
        assertThat(brokenIfExpired((partition + 1) % generated.partitions()))
                .containsExactly(ID + " version 2 begins with version 2");
    }

    private List<String> brokenIfExpired(int partition) {
        TopicSource expired = new TopicSource() {
            @Override
            public Mark read(VerifiedTopic topic, Mark from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
                return topics.read(topic, from, each);
            }

            @Override
            public Mark starts(VerifiedTopic topic) {
                return new Mark(Map.of(new TopicPartition(topic.fullName(), partition), 1L));
            }
        };
        return EveryAlertOnce.check(expired, MemoryTopics.verified(), Mark.BEGINNING)
                .broken();
    }

    @Test
    void aCurrentAlertThatIsNotTheLastGeneratedIsNoticed() {
        both(RAISED);
        Alerts.generate(topics, ANNA, ESCALATED);

        assertThat(broken()).containsExactly(ID + " is current as version 1, last generated as 2");
    }

    @Test
    void anAlertInOnlyOneTopicIsNoticed() {
        Alerts.generate(topics, ANNA, RAISED);
        String other = ID.replace('0', 'f');
        Alerts.keep(topics, other, RAISED.replace(ID, other));

        assertThat(broken())
                .containsExactlyInAnyOrder(
                        ID + " was generated but is not current", other + " is current but was never generated");
    }

    @Test
    void anAlertDeletedWhileOpenIsNoticed() {
        both(RAISED);
        both(ESCALATED);
        forget(ID);

        assertThat(broken()).containsExactly(ID + " was deleted while open");
    }

    @Test
    void aRetractedAlertMayBeDeleted() {
        both(RAISED);
        both(Alerts.json(ID, 2, "retracted", "moderate", 0));
        forget(ID);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aTombstoneOfAnAlertFromBeforeTheMarkIsNotJudged() {
        forget(ID);
        forget("Patient/canary");

        assertThat(broken()).isEmpty();
    }

    @Test
    void anAlertUnderTwoPatientsIsNoticed() {
        both(RAISED);
        Alerts.generate(topics, "Patient/ben", ESCALATED);
        Alerts.keep(topics, ID, ESCALATED);

        // On another partition the order of the two is unknown, but the key is known.
        assertThat(broken()).isNotEmpty().anyMatch(line -> line.endsWith("changes its key"));
    }

    @Test
    void aCurrentAlertUnderAnotherKeyIsNoticed() {
        Alerts.generate(topics, ANNA, RAISED);
        Alerts.keep(topics, ANNA, RAISED);

        assertThat(broken()).containsExactly(ID + " version 1 is current under another key than its id");
    }

    @Test
    void aCurrentAlertWithOtherHeadersIsNoticed() {
        Alerts.generate(topics, ANNA, RAISED);
        VerifiedTopic current = MemoryTopics.verified().alertsCurrent();
        Coordinates origin = Coordinates.ofRecord("test.clinical.resource.received", 0, 0);
        topics.output(current, ID, bytes(RAISED), origin, Map.of("patient", "canary"));

        assertThat(broken()).containsExactly(ID + " is current with other headers than it was generated with");
    }

    @Test
    void anAlertOnTheWrongPartitionIsNoticed() {
        VerifiedTopic generated = MemoryTopics.verified().alertsGenerated();
        topics.outputTo(
                (generated.partitionOf(bytes(ANNA)) + 1) % generated.partitions(),
                generated,
                ANNA,
                bytes(RAISED),
                Coordinates.ofRecord("test.clinical.resource.received", 0, 0),
                Map.of());
        Alerts.keep(topics, ID, RAISED);

        assertThat(broken()).containsExactly(ID + " version 1 is not on its patient's partition");
    }

    @Test
    void aRecordThatIsNotAnAlertIsNoticedWithoutShowingIt() {
        Alerts.generate(topics, ANNA, "{\"id\":\"canary\"}");

        assertThat(broken())
                .singleElement()
                .asString()
                .endsWith(" is not an alert")
                .doesNotContain("canary");
    }
}
