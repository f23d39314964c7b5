package io.clinicalstreams.topics.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.Change.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan's findings, its changes and its refusals. */
class TopicPlanTest {

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final FakeCluster cluster = FakeCluster.asWantedBy(catalogue);

    @Test
    void findsNothingIfTheClusterMatches() {
        assertThat(plan().changes()).isEmpty();
        assertThat(plan().isEmpty()).isTrue();
        assertThat(plan().permitted(true).isEmpty()).isTrue();
    }

    @Test
    void createsEveryTopicOfAnEmptyCluster() {
        TopicPlan plan = TopicPlan.between(catalogue, FakeCluster.empty(3).state());

        assertThat(plan.changes())
                .hasSize(catalogue.topics().size())
                .allSatisfy(change -> assertThat(change.action()).isEqualTo(Action.CREATE))
                .allSatisfy(change -> assertThat(change.effect()).isEqualTo(Effect.SAFE));
    }

    @Test
    void refusesToCreateWithMoreReplicasThanThereAreBrokers() {
        TopicPlan plan = TopicPlan.between(catalogue, FakeCluster.empty(1).state());

        assertThat(plan.permitted(true).isEmpty()).isTrue();
        assertThat(plan.changes()).allSatisfy(change -> {
            assertThat(change.effect()).isEqualTo(Effect.REFUSED);
            assertThat(change.why()).startsWith("the cluster has 1 broker: ");
        });
    }

    @Test
    void changesASettingBack() {
        cluster.set(TopicNames.ALERT_GENERATED, "segment.bytes", "1048576", null);

        assertThat(plan().changes())
                .containsExactly(change(
                        TopicNames.ALERT_GENERATED,
                        Action.SET,
                        "segment.bytes",
                        "1048576",
                        "536870912",
                        Effect.SAFE,
                        ""));
    }

    @Test
    void warnsIfAChangeDeletesRecords() {
        cluster.set(TopicNames.ALERT_GENERATED, "retention.ms", "-1", null);

        assertThat(plan().changes())
                .containsExactly(change(
                        TopicNames.ALERT_GENERATED,
                        Action.SET,
                        "retention.ms",
                        "-1",
                        "86400000",
                        Effect.DISRUPTIVE,
                        "records beyond it are deleted"));
    }

    @Test
    void comparesValuesAndNotTheirSpelling() {
        cluster.set(TopicNames.ALERT_CURRENT, "min.cleanable.dirty.ratio", "0.30", null);

        assertThat(plan().changes()).isEmpty();
    }

    @Test
    void removesASettingThatTheCatalogueDoesNotName() {
        cluster.set(TopicNames.ALERT_GENERATED, "flush.messages", "1", "9223372036854775807");

        assertThat(plan().changes())
                .containsExactly(change(
                        TopicNames.ALERT_GENERATED,
                        Action.REMOVE,
                        "flush.messages",
                        "1",
                        "9223372036854775807",
                        Effect.SAFE,
                        "set on the topic, but not in the catalogue"));
    }

    @Test
    void warnsIfARemovedSettingKeptRecords() {
        cluster.set(TopicNames.ALERT_GENERATED, "retention.bytes", "-1", "1000000");

        assertThat(plan().changes()).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.DISRUPTIVE);
            assertThat(change.why())
                    .isEqualTo("set on the topic, but not in the catalogue; records beyond it are deleted");
        });
    }

    @Test
    void warnsIfTheEffectOfARemovedSettingIsUnknown() {
        cluster.set(TopicNames.ALERT_RULE, "retention.ms", "2592000000", null);

        assertThat(plan().changes()).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo(Action.REMOVE);
            assertThat(change.effect()).isEqualTo(Effect.DISRUPTIVE);
            assertThat(change.wanted()).isNull();
            assertThat(change.why())
                    .isEqualTo("set on the topic, but not in the catalogue; the cluster does not report the"
                            + " inherited value; it may be that records beyond it are deleted");
        });
    }

    @Test
    void keepsTheThrottleOfARunningReassignment() {
        cluster.set(TopicNames.ALERT_GENERATED, "leader.replication.throttled.replicas", "0:1", "");

        assertThat(plan().changes()).isEmpty();
    }

    @Test
    void addsPartitionsIfNoReaderReliesOnKeyOrder() {
        cluster.resized(TopicNames.RESOURCE_REJECTED, 5, 3);

        assertThat(plan().changes())
                .containsExactly(change(
                        TopicNames.RESOURCE_REJECTED,
                        Action.ADD_PARTITIONS,
                        "partitions",
                        "5",
                        "12",
                        Effect.DISRUPTIVE,
                        "cannot be undone; readers rebalance"));
        assertThat(plan().permitted(true).isEmpty()).isFalse();
    }

    @Test
    void refusesMorePartitionsIfOrderMattersAndExplainsWhy() {
        cluster.resized(TopicNames.RESOURCE_RECEIVED, 16, 3).resized(TopicNames.ALERT_GENERATED, 8, 3);

        assertThat(plan().permitted(true).isEmpty()).isTrue();
        assertThat(changesOf(TopicNames.RESOURCE_RECEIVED)).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.REFUSED);
            assertThat(change.now()).isEqualTo("16");
            assertThat(change.wanted()).isEqualTo("32");
            assertThat(change.why())
                    .contains("a key's new records go to another partition than its earlier ones")
                    .contains("lane alerting and lane recording would look for a key's state");
        });
        assertThat(changesOf(TopicNames.ALERT_GENERATED)).singleElement().satisfies(change -> assertThat(change.why())
                .doesNotContain("lane"));
    }

    @Test
    void neverRemovesAPartition() {
        cluster.resized(TopicNames.RESOURCE_REJECTED, 13, 3);

        assertThat(plan().changes()).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.REFUSED);
            assertThat(change.why())
                    .isEqualTo("Kafka cannot remove partitions. Create a new topic, or write the actual number into the"
                            + " catalogue");
        });
    }

    @Test
    void explainsWhatBrokeWhenPartitionsWereAddedToAnOrderedTopic() {
        cluster.resized(TopicNames.ALERT_GENERATED, 50, 3);

        assertThat(plan().changes()).singleElement().satisfies(change -> assertThat(change.why())
                .contains("new records of a key go to another partition than its earlier ones, so their order is lost")
                .contains("write the actual number into the catalogue")
                .doesNotContain("changelogs"));
    }

    @Test
    void advisesNoCatalogueEditAfterPartitionsWereAddedToALanesSource() {
        cluster.resized(TopicNames.RESOURCE_RECEIVED, 50, 3);

        assertThat(plan().changes()).singleElement().satisfies(change -> assertThat(change.why())
                .contains(
                        "so their order is lost, and where lane alerting or lane recording keeps state, its changelogs have the"
                                + " old number")
                .endsWith("changing the catalogue does not repair this"));
    }

    @Test
    void namesThePartitionsWithAnotherNumberOfReplicas() {
        for (int id = 0; id < 7; id++) {
            cluster.partition(TopicNames.ALERT_GENERATED, new ActualPartition(id, true, 1, 1));
        }
        cluster.partition(TopicNames.ALERT_GENERATED, new ActualPartition(8, true, 2, 2));

        assertThat(plan().changes()).singleElement().satisfies(change -> assertThat(change.now())
                .isEqualTo("1 in partitions 0, 1, 2, 3, 4 and 2 more, 2 in partition 8"));
    }

    @Test
    void refusesToMoveReplicas() {
        cluster.resized(TopicNames.ALERT_RULE, 6, 2);

        assertThat(plan().changes()).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.REFUSED);
            assertThat(change.key()).isEqualTo("replication");
            assertThat(change.why()).contains("kafka-reassign-partitions.sh");
        });
    }

    @Test
    void doesNotSeeTopicsOutsideTheCatalogue() {
        cluster.with("clinical-streams.alerting-patient-state-changelog", 1, 1, Map.of())
                .with("somebody.elses.topic", 1, 1, Map.of());

        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void aPlanThatWasMadeTwiceIsTheSame() {
        cluster.set(TopicNames.ALERT_GENERATED, "retention.ms", "-1", null).without(TopicNames.ALERT_RULE);

        TopicPlan shown = plan();
        assertThat(plan()).isEqualTo(shown);
        cluster.set(TopicNames.ALERT_GENERATED, "retention.ms", "5", null);
        assertThat(plan()).isNotEqualTo(shown);
    }

    private Change change(
            String topic, Action action, String key, String now, String wanted, Effect effect, String why) {
        return new Change(catalogue.topic(topic), action, key, now, wanted, effect, why, Map.of());
    }

    private List<Change> changesOf(String topic) {
        return plan().changes().stream()
                .filter(change -> change.topic().equals(topic))
                .toList();
    }

    private TopicPlan plan() {
        return TopicPlan.between(catalogue, cluster.state());
    }
}
