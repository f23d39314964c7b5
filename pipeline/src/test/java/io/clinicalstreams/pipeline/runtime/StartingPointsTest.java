package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartingPointsTest {

    private static final TopicPartition RECEIVED = new TopicPartition("received", 0);
    private static final TopicPartition ANOTHER = new TopicPartition("received", 1);
    private static final TopicPartition REKEYED = new TopicPartition("rekeyed", 0);
    private static final Map<TopicPartition, Long> NOWHERE = Map.of();

    @Test
    void aFirstStartBeginsWhereTheLogBegins() {
        assertThat(points(logs(0, 0, 0), logs(9, 0, 0), NOWHERE, false).missing(false))
                .isEqualTo(logs(0, 0, 0));
    }

    @Test
    void aLaneThatReturnsContinuesWhereItWas() {
        assertThat(points(logs(3, 0, 0), logs(9, 0, 0), logs(5, 0, 0), true).missing(false))
                .isEmpty();
    }

    @Test
    void aNewPartitionAndATopicMadeAnewBeginAtTheirStart() {
        assertThat(points(logs(3, 0, 0), logs(9, 4, 2), Map.of(RECEIVED, 5L), true)
                        .missing(false))
                .isEqualTo(Map.of(ANOTHER, 0L, REKEYED, 0L));
    }

    @Test
    void inputThatExpiredUnreadMustBeAccepted() {
        StartingPoints points = points(logs(6, 0, 0), logs(9, 0, 0), logs(5, 0, 0), true);

        refuses(points, false, "input expired unread in received-0;", "--accept-expired-input");
        assertThat(points.missing(true)).isEqualTo(Map.of(RECEIVED, 6L));
    }

    @Test
    void inputThatExpiredBeforeTheFirstStartMustBeAcceptedToo() {
        StartingPoints points = points(logs(6, 0, 0), logs(9, 0, 0), NOWHERE, false);

        refuses(points, false, "input expired unread in received-0;");
        assertThat(points.missing(true)).isEqualTo(logs(6, 0, 0));
    }

    @Test
    void lostOffsetsAreNotAFirstStartAndCannotBeAccepted() {
        StartingPoints points = points(logs(0, 0, 0), logs(9, 0, 0), NOWHERE, true);

        refuses(points, false, "no committed offset", "each of received, rekeyed", "--group group");
        refuses(points, true, "no committed offset");
    }

    @Test
    void offsetsThatWereLostMatterNotWhereNothingIsToRead() {
        assertThat(points(logs(0, 0, 0), logs(0, 0, 0), NOWHERE, true).missing(false))
                .hasSize(3);
        assertThat(points(logs(9, 0, 0), logs(9, 0, 0), NOWHERE, true).missing(true))
                .isEqualTo(logs(9, 0, 0));
    }

    /** Nothing tells it from lost state: a person has to. */
    @Test
    void aNewStoreIsRefusedLikeLostStateAndTheMessageExplainsWhatToDo() {
        refuses(
                new StartingPoints(
                        "recording",
                        "group",
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        true,
                        List.of("recording-new-store-changelog does not exist")),
                true,
                "recording-new-store-changelog does not exist",
                "If its store is new in this version, nothing is lost: create the topic");
    }

    private static void refuses(StartingPoints points, boolean acceptExpired, String... words) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> points.missing(acceptExpired))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .startsWith("lane recording")
                        .contains(words));
    }

    private static StartingPoints points(
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> committed,
            boolean hasWritten) {
        return new StartingPoints("recording", "group", starts, ends, committed, hasWritten, List.of());
    }

    private static Map<TopicPartition, Long> logs(long received, long another, long rekeyed) {
        return Map.of(RECEIVED, received, ANOTHER, another, REKEYED, rekeyed);
    }
}
