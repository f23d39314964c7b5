package io.clinicalstreams.verifier;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.RangeSource;
import io.clinicalstreams.verifier.source.Samples;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The whole verdict, also on a system that keeps running meanwhile. */
class RunVerdictTest {

    private static final String ANNA = "Patient/anna";
    private static final String OBSERVATION = Samples.observation(ANNA);

    private final MemoryTopics topics = new MemoryTopics();
    private final VerifiedTopics verified = MemoryTopics.verified();

    private Coordinates sendAndRecord() {
        Coordinates origin = topics.send(ANNA, OBSERVATION);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, OBSERVATION, origin);
        return origin;
    }

    /** The current end of every topic. */
    private Mark now() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        verified.all()
                .forEach(topic -> ends.putAll(
                        topics.read(topic, Mark.BEGINNING, record -> {}).offsets()));
        return new Mark(ends);
    }

    private RunVerdict judge(Mark from, Mark processed, Mark to) {
        return RunVerdict.of(new RangeSource(topics, verified, from, processed, to), verified, from, -1, true);
    }

    private static Map<String, String> results(RunVerdict run) {
        Map<String, String> results = new HashMap<>();
        run.checks().forEach(check -> results.put(check.name(), check.verdict().toString()));
        return results;
    }

    @Test
    void hasACheckForEachGuarantee() {
        sendAndRecord();

        RunVerdict run = judge(Mark.BEGINNING, Mark.BEGINNING, now());

        assertThat(run.isGood()).isTrue();
        assertThat(run.broken()).isEmpty();
        assertThat(results(run))
                .isEqualTo(Map.of(
                        "nothing lost", "held",
                        "nothing duplicated", "held",
                        "outcomes correct", "held",
                        "patient order", "held",
                        "each alert once", "held",
                        "alerts correct", "held",
                        "alerts as expected", "held",
                        "merges", "held"));
    }

    @Test
    void distinguishesALossADuplicateAndAWrongOutcome() {
        Coordinates lost = topics.send(ANNA, OBSERVATION);
        Coordinates twice = sendAndRecord();
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, OBSERVATION, twice);
        Coordinates misplaced = topics.send(ANNA, OBSERVATION);
        topics.record(TopicNames.ENCOUNTER_CHANGED, ANNA, OBSERVATION, misplaced);

        RunVerdict run = judge(Mark.BEGINNING, Mark.BEGINNING, now());

        assertThat(run.isGood()).isFalse();
        assertThat(run.checks().subList(0, 3))
                .extracting(CheckResult::details)
                .satisfiesExactly(
                        lines -> assertThat(lines).containsExactly("1 of 3 resources are lost", lost + ": was lost"),
                        lines -> assertThat(lines)
                                .containsExactly(
                                        "1 outcomes are duplicates",
                                        twice + ": has 1 extra outcomes or re-keyed records"),
                        lines -> assertThat(lines)
                                .containsExactly(
                                        "1 outcomes are incorrect",
                                        misplaced + ": was recorded in administrative.encounter.changed"));
        assertThat(run.otherProblems()).isEqualTo(1);
    }

    @Test
    void laterInputIsNotJudged() {
        sendAndRecord();
        Mark to = now();
        topics.send(ANNA, OBSERVATION);
        sendAndRecord();
        topics.reject(ANNA, bytes("no json"), "NOT_JSON", topics.send(ANNA, "no json"));

        RunVerdict run = judge(Mark.BEGINNING, Mark.BEGINNING, to);

        assertThat(run.broken()).isEmpty();
        assertThat(run.resources().sent()).isEqualTo(1);
        assertThat(run.resources().rejected()).isEmpty();
    }

    @Test
    void inputInFlightAtTheStartIsNotJudged() {
        sendAndRecord();
        Mark processed = now();
        Coordinates underWay = topics.send(ANNA, OBSERVATION);
        Mark from = now();
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, OBSERVATION, underWay);
        sendAndRecord();

        RunVerdict run = judge(from, processed, now());

        assertThat(run.broken()).isEmpty();
        assertThat(run.resources().sent()).isEqualTo(1);
    }

    @Test
    void inputThatWasProcessedBeforeTheStartIsNotProcessedAgain() {
        Coordinates processedBefore = sendAndRecord();
        Mark from = now();
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, OBSERVATION, processedBefore);

        RunVerdict run = judge(from, from, now());

        assertThat(results(run)).containsEntry("nothing duplicated", "not held");
    }

    @Test
    void whatOthersReKeyedOutsideTheRangeIsNotJudged() {
        Mark from = now();
        Coordinates inRange = topics.append(
                verified.rekeyed(),
                verified.rekeyed().partitionOf(bytes(ANNA)),
                ANNA,
                bytes(OBSERVATION),
                new RecordHeaders(),
                0);
        topics.record(TopicNames.OBSERVATION_RECORDED, ANNA, OBSERVATION, inRange);
        Mark to = now();
        topics.append(
                verified.rekeyed(),
                verified.rekeyed().partitionOf(bytes(ANNA)),
                ANNA,
                bytes(OBSERVATION),
                new RecordHeaders(),
                0);

        RunVerdict run = judge(from, from, to);

        assertThat(run.broken()).isEmpty();
        assertThat(run.resources().sent()).isEqualTo(1);
    }

    @Test
    void dueAlertsAreNotJudgedFromTheMiddleOfTheInput() {
        sendAndRecord();
        Mark from = now();
        sendAndRecord();

        RunVerdict run = judge(from, from, now());

        assertThat(results(run))
                .containsEntry("alerts as expected", "skipped")
                .containsEntry("each alert once", "held");
        assertThat(run.isGood()).isTrue();
    }

    @Test
    void dueAlertsAreNotJudgedIfARuleChangedMeanwhile() {
        sendAndRecord();
        topics.append(verified.alertRules(), 0, "curated/x", null, new RecordHeaders(), 1);

        assertThat(results(judge(Mark.BEGINNING, Mark.BEGINNING, now())))
                .containsEntry("alerts as expected", "skipped");
    }

    @Test
    void alertsAreLeftOutOnRequest() {
        sendAndRecord();
        topics.append(verified.alertsGenerated(), 0, ANNA, bytes("no alert"), new RecordHeaders(), 0);

        RunVerdict all = RunVerdict.of(topics, verified, Mark.BEGINNING, -1, true);
        RunVerdict recording = RunVerdict.of(topics, verified, Mark.BEGINNING, -1, false);

        assertThat(results(all)).containsEntry("each alert once", "not held");
        assertThat(results(recording)).containsEntry("each alert once", "skipped");
        assertThat(recording.isGood()).isTrue();
    }
}
