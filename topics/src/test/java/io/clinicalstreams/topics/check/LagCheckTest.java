package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lag is a time; the objective is its limit. */
class LagCheckTest {

    private static final TopicPartition PARTITION = new TopicPartition("clinical.resource.received", 0);
    private static final String NO_TRACE = "clinical-streams.alerting has left no trace here, but its sources have"
            + " records: it was never started, runs under another application id or prefix, or was down until its offsets expired";

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final Lane alerting = catalogue.lane("alerting");
    private final Lane recording = catalogue.lane("recording");

    @Test
    void holdsIfEverythingIsRead() {
        assertThat(result(lag(100L, 0, 100, null)).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void holdsIfTheOldestUnreadRecordIsRecentEnough() {
        assertThat(result(lag(60L, 0, 100, 60L)).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void doesNotHoldIfTheOldestUnreadRecordIsTooOld() {
        CheckResult result = result(lag(59L, 0, 100, 60L), lag(100L, 0, 100, null));

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result.details())
                .containsExactly("clinical-streams.alerting is more than 1 s behind in 1 of 2 partitions;"
                        + " most in clinical.resource.received-0 with 41 unread records");
    }

    @Test
    void doesNotHoldWithUnreadRecordsAndNoRecentOnes() {
        assertThat(result(lag(99L, 0, 100, null)).verdict()).isEqualTo(Verdict.NOT_HELD);
    }

    @Test
    void doesNotHoldIfALaneHasNotStartedAPartitionWithOldRecords() {
        assertThat(result(lag(null, 5, 100, null)).verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result(lag(null, 100, 100, null)).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void namesInputThatExpiredUnread() {
        assertThat(result(lag(3L, 10, 10, null)).details())
                .containsExactly("clinical-streams.alerting continues at offset 3 of clinical.resource.received-0,"
                        + " which starts at 10: input expired unread");
    }

    @Test
    void holdsIfOnlyATransactionMarkerFollowsTheLastRecord() {
        assertThat(result(marked(99L, 0, 100)).verdict()).isEqualTo(Verdict.HELD);
        assertThat(result(marked(99L, 100, 100)).verdict()).isEqualTo(Verdict.HELD);
        assertThat(result(marked(null, 99, 100)).verdict()).isEqualTo(Verdict.HELD);
        assertThat(result(marked(98L, 0, 100)).verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result(marked(98L, 100, 100)).verdict()).isEqualTo(Verdict.NOT_HELD);
    }

    @Test
    void doesNotHoldIfTheLagIsUnknown() {
        LaneProgress progress = new LaneProgress(alerting, true, List.of(lag(9L, 0, 9, null)), List.of(PARTITION));

        assertThat(LagCheck.of(List.of(progress), List.of(alerting)).details())
                .containsExactly("what clinical-streams.alerting has not read of these is unknown, they have no leader:"
                        + " clinical.resource.received-0");
    }

    @Test
    void namesEachLaneThatHasNeverRunAlthoughThereIsInput() {
        CheckResult result = LagCheck.of(List.of(away(alerting, 100), away(recording, 100)), List.of());

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result.details()).containsExactly(NO_TRACE, NO_TRACE.replace("alerting", "recording"));
    }

    @Test
    void isSkippedIfNoLaneHasRunAndThereIsNoInput() {
        CheckResult result = LagCheck.of(List.of(away(alerting, 0), away(recording, 0)), List.of());

        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.details()).contains("clinical-streams.alerting has not run on this cluster");
    }

    @Test
    void isSkippedIfNoLaneHasRunAndTheInputIsUnknown() {
        LaneProgress unknown = new LaneProgress(alerting, false, List.of(), List.of(PARTITION));

        assertThat(LagCheck.of(List.of(unknown), List.of()).verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void namesALaneThatIsDeadWhileTheOtherRuns() {
        LaneProgress runs = new LaneProgress(recording, true, List.of(lag(100L, 0, 100, null)), List.of());

        CheckResult result = LagCheck.of(List.of(away(alerting, 100), runs), List.of(recording));

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result.details()).containsExactly(NO_TRACE);
    }

    @Test
    void namesALaneThatIsDeadAndHasLeftItsStateBehind() {
        CheckResult result = LagCheck.of(List.of(away(alerting, 100)), List.of(alerting));

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result.details())
                .containsExactly("clinical-streams.alerting has no committed offsets, but its sources have records:"
                        + " it was down until its offsets expired, or they were deleted");
    }

    @Test
    void holdsForALaneThatHasNothingToDoYet() {
        assertThat(LagCheck.of(List.of(away(alerting, 0)), List.of(recording)).verdict())
                .isEqualTo(Verdict.HELD);
    }

    private CheckResult result(LaneLag... lags) {
        return LagCheck.of(List.of(new LaneProgress(alerting, true, List.of(lags), List.of())), List.of(alerting));
    }

    private static LaneProgress away(Lane lane, long end) {
        return new LaneProgress(lane, false, List.of(lag(null, 0, end, null)), List.of());
    }

    private static LaneLag lag(@Nullable Long committed, long start, long end, @Nullable Long withinObjective) {
        return new LaneLag(PARTITION, committed, start, end, withinObjective, false);
    }

    private static LaneLag marked(@Nullable Long committed, long start, long end) {
        return new LaneLag(PARTITION, committed, start, end, null, true);
    }
}
