package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lag is a time, and the objective decides how much of it is too much. */
class LagCheckTest {

    private final Catalogue catalogue = Catalogue.load("production");
    private final Lane alerting = catalogue.lane("alerting");

    @Test
    void holdsWhereEverythingIsRead() {
        assertThat(result(lag(100L, 0, 100, null)).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void holdsWhereTheOldestUnreadRecordIsYoungEnough() {
        assertThat(result(lag(60L, 0, 100, 60L)).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void doesNotHoldWhereTheOldestUnreadRecordIsTooOld() {
        CheckResult result = result(lag(59L, 0, 100, 60L), lag(100L, 0, 100, null));

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result.details())
                .containsExactly("clinical-streams.alerting is more than 1 s behind in 1 of 2 partitions;"
                        + " most in clinical.resource.received-0 with 41 unread records");
    }

    @Test
    void doesNotHoldWhereNothingYoungIsThereAndSomethingUnread() {
        assertThat(result(lag(99L, 0, 100, null)).verdict()).isEqualTo(Verdict.NOT_HELD);
    }

    @Test
    void doesNotHoldWhereALaneHasNotBegunAPartitionWithOldRecords() {
        assertThat(result(lag(null, 5, 100, null)).verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result(lag(null, 100, 100, null)).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void namesInputThatExpiredUnread() {
        assertThat(result(lag(3L, 10, 10, null)).details())
                .containsExactly("clinical-streams.alerting goes on at offset 3 of clinical.resource.received-0,"
                        + " which begins at 10: input expired unread");
    }

    @Test
    void isSkippedWhereNoLaneHasRun() {
        assertThat(new LagCheck(catalogue).of(Map.of()).verdict()).isEqualTo(Verdict.SKIPPED);
    }

    private CheckResult result(LaneLag... lags) {
        return new LagCheck(catalogue).of(Map.of(alerting, List.of(lags)));
    }

    private static LaneLag lag(@Nullable Long committed, long start, long end, @Nullable Long withinObjective) {
        return new LaneLag(new TopicPartition("clinical.resource.received", 0), committed, start, end, withinObjective);
    }
}
