package io.clinicalstreams.verifier.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.verifier.source.Mark;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the verifier finds wrong in a ledger, and what not. */
class LaneLedgerTest {

    private static final TopicPartition SOURCE = new TopicPartition("received", 0);

    private LaneLedger ledger = new LaneLedger(Mark.BEGINNING);

    @Test
    void aLedgerThatJoinsAndBalancesHolds() {
        recording(0, 0, 4, 3);
        recording(0, 4, 6, 5);
        recording(6, 6, 9, 2);

        assertThat(ledger.joined().broken()).isEmpty();
        assertThat(ledger.balanced().broken()).isEmpty();
        assertThat(ledger.covers("recording", committed(9), committed(9)).broken())
                .isEmpty();
        assertThat(ledger.counted("recording").outcomes("recorded")).isEqualTo(Map.of("observations", 7L));
    }

    @Test
    void ofACompactedLedgerTheLastRecordOfEachAccountIsEnough() {
        recording(0, 4, 6, 5);
        recording(6, 8, 9, 2);

        assertThat(ledger.joined().broken()).isEmpty();
        assertThat(ledger.counted("recording").records()).isEqualTo(7);
    }

    @Test
    void aMissingRangeIsAGap() {
        recording(0, 0, 4, 3);
        recording(6, 6, 9, 2);

        assertThat(ledger.joined().broken())
                .containsExactly("recording received-0: offsets 4 to 6 are not accounted for");
    }

    @Test
    void aRangeThatIsThereTwiceIsAnOverlap() {
        recording(0, 0, 6, 5);
        recording(4, 4, 9, 4);

        assertThat(ledger.joined().broken())
                .containsExactly("recording received-0: offsets 4 to 6 are accounted for twice");
    }

    @Test
    void aTransactionThatIsThereTwiceIsAnOverlap() {
        recording(0, 0, 4, 3);
        recording(0, 0, 4, 6);

        assertThat(ledger.joined().broken())
                .containsExactly("recording received-0: offsets 0 to 4 are accounted for twice");
    }

    @Test
    void aCountThatFallsIsAContradiction() {
        recording(0, 0, 4, 3);
        recording(0, 4, 6, 2);

        assertThat(ledger.joined().broken()).containsExactly("recording received-0: a count fell before offset 6");
    }

    @Test
    void aResourceWithoutAnOutcomeIsNamed() {
        add(entry("recording", 0, 0, 4, 3, 3, "\"recorded\":{\"observations\":2}"));

        assertThat(ledger.balanced().broken())
                .containsExactly("recording received-0: up to offset 4, 3 resources have 2 outcomes");
    }

    @Test
    void aResourceWithTwoOutcomesIsNamed() {
        add(entry("recording", 0, 0, 4, 3, 3, "\"recorded\":{\"observations\":3},\"rejected\":{\"NOT_JSON\":1}"));

        assertThat(ledger.balanced().broken())
                .containsExactly("recording received-0: up to offset 4, 3 resources have 4 outcomes");
    }

    @Test
    void moreRecordsThanOffsetsOrResourcesAreNamed() {
        recording(0, 0, 2, 3);
        add(entry("alerting", 0, 0, 4, 3, 2, "\"evaluated\":{\"Observation\":2}"));

        assertThat(ledger.balanced().broken())
                .containsExactly(
                        "recording received-0: up to offset 2, 3 records from 2 offsets",
                        "alerting received-0: up to offset 4, 3 records have only 2 resources");
    }

    @Test
    void whatIsCommittedButNotAccountedForIsNamed() {
        recording(0, 0, 4, 3);

        assertThat(ledger.covers("recording", committed(6), committed(6)).broken())
                .containsExactly("recording received-0: offsets 4 to 6 are committed, but not accounted for");
    }

    @Test
    void offsetsThatWereSetBackAreNamed() {
        recording(0, 0, 4, 3);

        assertThat(ledger.covers("recording", committed(2), committed(2)).broken())
                .containsExactly("recording received-0: offsets 2 to 4 are accounted for, but not committed:"
                        + " the group's offsets were set back");
    }

    @Test
    void aLaneThatWorksWhileTheLedgerIsReadIsNoProblem() {
        recording(0, 0, 4, 3);

        assertThat(ledger.covers("recording", committed(2), committed(7)).broken())
                .isEmpty();
    }

    @Test
    void lanesThatReadDifferentlyAreNamed() {
        add(entry("recording", 0, 0, 4, 3, 3, "\"recorded\":{\"clinical.observation.recorded\":3}"));
        add(entry("alerting", 0, 0, 4, 3, 3, "\"evaluated\":{\"Observation\":2},\"passed-over\":{\"rejected\":1}"));

        assertThat(ledger.lanesAgree().broken())
                .containsExactly("received-0: 3 Observations are recorded, but 2 are evaluated");

        add(entry("recording", 4, 4, 6, 1, 1, "\"recorded\":{\"clinical.observation.recorded\":1}"));
        add(entry("alerting", 4, 4, 6, 2, 2, "\"evaluated\":{\"Observation\":2}"));
        assertThat(ledger.lanesAgree().broken())
                .containsExactly(
                        "received-0: recording read 4 records, alerting 5",
                        "received-0: recording read 4 resources, alerting 5");
    }

    @Test
    void aLaneThatIsBehindIsComparedAsFarAsItIs() {
        add(entry("recording", 0, 0, 4, 3, 3, "\"recorded\":{\"clinical.observation.recorded\":3}"));
        add(entry("recording", 0, 4, 6, 5, 5, "\"recorded\":{\"clinical.observation.recorded\":5}"));
        add(entry("alerting", 0, 0, 4, 3, 3, "\"evaluated\":{\"Observation\":3}"));

        assertThat(ledger.lanesAgree().broken()).isEmpty();
    }

    @Test
    void onlyInputAfterTheMarkCounts() {
        ledger = new LaneLedger(new Mark(Map.of(SOURCE, 4L)));
        recording(0, 0, 4, 3);
        recording(0, 4, 6, 5);

        assertThat(ledger.counted("recording").records()).isEqualTo(2);
    }

    @Test
    void aLedgerYoungerThanTheLaneSaysSo() {
        recording(5, 5, 7, 2);

        assertThat(ledger.whyIncomplete("recording", committed(7)))
                .isEqualTo("recording received-0 begins at offset 5");
        assertThat(ledger.whyIncomplete("alerting", committed(7))).isEqualTo("alerting received-0 has no record");
    }

    @Test
    void outputThatIsNotAccountedForIsNamedAndSoIsItsAbsence() {
        recording(0, 0, 4, 3);
        LedgerOutputs more = new LedgerOutputs(Map.of("recording", Map.of("recorded", Map.of("observations", 4L))));
        LedgerOutputs less = new LedgerOutputs(Map.of("recording", Map.of("recorded", Map.of("observations", 2L))));
        LedgerCounts counted = ledger.counted("recording");

        assertThat(more.match("recording", counted, counted, Set.of()).broken())
                .containsExactly("recording: the ledger has 3 recorded as observations, the topics have 4");
        assertThat(less.match("recording", counted, counted, Set.of()).broken())
                .containsExactly("recording: the ledger has 3 recorded as observations, the topics have 2");
        assertThat(less.match("recording", counted, counted, Set.of("observations"))
                        .broken())
                .as("a compacted topic")
                .isEmpty();
    }

    @Test
    void whatIsNotALedgerRecordIsNamedByItsPlaceOnly() {
        add("{\"lane\":\"canary\"}");

        assertThat(ledger.joined().broken()).containsExactly("accounted-0@0: is not a ledger record");
    }

    @Test
    void alertsThatTasksEndedBeforeTheyReadAnythingAllCount() {
        add(ended(6, 6, 2), "alerting/received/0/6/first", 0);
        add(ended(6, 6, 3), "alerting/received/0/6/first", 1);
        add(ended(6, 6, 1), "alerting/received/0/6/second", 2);
        add(entry("alerting", 6, 6, 9, 3, 3, "\"evaluated\":{\"Observation\":3}"), "alerting/received/0/6", 3);

        assertThat(ledger.joined().broken()).isEmpty();
        assertThat(ledger.balanced().broken()).isEmpty();
        assertThat(ledger.covers("alerting", committed(9), committed(9)).broken())
                .isEmpty();
        assertThat(ledger.counted("alerting").findings("alerts")).isEqualTo(Map.of("ended", 4L));
        assertThat(ledger.counted("alerting").records()).isEqualTo(3);
    }

    @Test
    void alertsThatEndedOfAnIdleSourceCountFromTheMarkOn() {
        ledger = new LaneLedger(new Mark(Map.of(SOURCE, 6L, new TopicPartition("accounted", 0), 1L)));
        add(ended(6, 6, 2), "alerting/received/0/6/first", 0);
        add(ended(6, 6, 3), "alerting/received/0/6/first", 1);

        assertThat(ledger.counted("alerting").findings("alerts")).isEqualTo(Map.of("ended", 1L));
        assertThat(ledger.covers("alerting", committed(6), committed(6)).broken())
                .isEmpty();
        assertThat(ledger.whyIncomplete("alerting", committed(6))).isNull();
    }

    @Test
    void endedAlertsCloseNoGap() {
        add(entry("alerting", 0, 0, 4, 3, 3, "\"evaluated\":{\"Observation\":3}"), "alerting/received/0/0", 0);
        add(ended(4, 6, 1), "alerting/received/0/4/first", 1);
        add(entry("alerting", 6, 6, 9, 2, 2, "\"evaluated\":{\"Observation\":2}"), "alerting/received/0/6", 2);

        assertThat(ledger.joined().broken())
                .containsExactly("alerting received-0: offsets 4 to 6 are not accounted for");
    }

    @Test
    void anAccountWithoutRecordsHasNoRangeNoInputAndNoFallingCount() {
        add(ended(6, 6, 2), "alerting/received/0/6/first", 0);
        add(ended(6, 6, 1), "alerting/received/0/6/first", 1);
        add(entry("alerting", 6, 6, 9, 0, 0, ""), "alerting/received/0/6/second", 2);
        add(entry("alerting", 6, 6, 6, 1, 1, "\"evaluated\":{\"Observation\":1}"), "alerting/received/0/6/third", 3);

        assertThat(ledger.joined().broken())
                .containsExactly(
                        "alerting received-0: a count without records fell at offset 6",
                        "alerting received-0: the range 6 to 9 is in an account without records",
                        "alerting received-0: an account without records has records, resources or outcomes at offset 6");
    }

    private static String ended(long begin, long at, long alerts) {
        return entry("alerting", begin, at, at, 0, 0, "")
                .replace("\"findings\":{}", "\"findings\":{\"alerts\":{\"ended\":" + alerts + "}}");
    }

    /** @param records of one resource each, all recorded, since the account began */
    private void recording(long begin, long from, long next, long records) {
        add(entry("recording", begin, from, next, records, records, "\"recorded\":{\"observations\":" + records + "}"));
    }

    private static String entry(
            String lane, long begin, long from, long next, long records, long resources, String outcomes) {
        return "{\"lane\":\"%s\",\"topic\":\"received\",\"partition\":0,\"begin\":%d,\"from\":%d,\"next\":%d,\"records\":%d,\"resources\":%d,\"outcomes\":{%s},\"findings\":{}}"
                .formatted(lane, begin, from, next, records, resources, outcomes);
    }

    private void add(String entry) {
        add(entry, "any/received/0/0", 0);
    }

    private void add(String entry, String key, long offset) {
        ledger.add(new ConsumerRecord<>(
                "accounted", 0, offset, key.getBytes(StandardCharsets.UTF_8), entry.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(long offset) {
        return Map.of(SOURCE, new OffsetAndMetadata(offset, "by Kafka Streams"));
    }
}
