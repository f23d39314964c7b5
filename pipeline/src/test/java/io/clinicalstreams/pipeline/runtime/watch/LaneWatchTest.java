package io.clinicalstreams.pipeline.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the watch concludes from the group and from the lane's own attempts. */
class LaneWatchTest {

    private static final TopicPartition FIRST = new TopicPartition("received", 0);
    private static final TopicPartition SECOND = new TopicPartition("received", 1);

    @Test
    void everyPartitionHasAReader() {
        assertThat(LaneWatch.unassigned(
                        group(member("ward-1", FIRST), member("ward-2", SECOND)), List.of(FIRST, SECOND)))
                .isEmpty();
    }

    @Test
    void aPartitionThatNoMemberReadsIsFound() {
        assertThat(LaneWatch.unassigned(group(member("ward-1", FIRST)), List.of(FIRST, SECOND)))
                .containsExactly(SECOND);
    }

    @Test
    void anEmptyGroupReadsNothing() {
        assertThat(LaneWatch.unassigned(group(), List.of(FIRST, SECOND))).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void aMemberIsAnyThreadOfThisInstanceAndNotOneWhoseIdBeginsWithItsId() {
        ConsumerGroupDescription group = group(member("ward-1-alerting-0a-2", FIRST));

        assertThat(LaneWatch.isMember(group, "ward-1-alerting-0a")).isTrue();
        assertThat(LaneWatch.isMember(group, "ward-1-alert")).isFalse();
        assertThat(LaneWatch.isMember(group(), "ward-1-alerting-0a")).isFalse();
    }

    @Test
    void countsAbortsOfTheTransactionsThatBeginAtACommittedOffset() {
        LocalLane lane = new LocalLane(
                null,
                Map::of,
                new RestoreProgress(),
                "ward-1-alerting-0a",
                (partition, committed) -> partition.equals(FIRST) && committed == 7 ? 2 : 0);

        assertThat(lane.aborted(Map.of(FIRST, 7L, SECOND, 7L))).containsExactly(Map.entry(FIRST, 2));
        assertThat(lane.aborted(Map.of(FIRST, 8L))).isEmpty();
    }

    private static ConsumerGroupDescription group(MemberDescription... members) {
        return new ConsumerGroupDescription(
                "group",
                false,
                List.of(members),
                "stream",
                GroupType.CLASSIC,
                GroupState.STABLE,
                Node.noNode(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static MemberDescription member(String id, TopicPartition reads) {
        return new MemberDescription(
                "member",
                Optional.of(id),
                Optional.empty(),
                "client",
                "/host",
                new MemberAssignment(Set.of(reads)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
