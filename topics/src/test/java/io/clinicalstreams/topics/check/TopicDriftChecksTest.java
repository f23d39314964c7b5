package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.cluster.SeenTopics;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each kind of topic drift is reported by its own check only. */
class TopicDriftChecksTest {

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final FakeCluster cluster = FakeCluster.asWantedBy(catalogue);

    @Test
    void holdOnAClusterAsWanted() {
        assertThat(results()).extracting(CheckResult::verdict).containsOnly(Verdict.HELD);
        assertThat(results())
                .extracting(CheckResult::name)
                .containsExactly("exists", "partitions", "replication", "settings", "leaders");
    }

    @Test
    void holdAndReportASettingThatTheBrokersVersionDoesNotKnow() {
        cluster.unset(TopicNames.RESOURCE_RECEIVED, "max.decompressed.message.bytes");

        assertThat(results().get(3))
                .isEqualTo(new CheckResult(
                        "settings",
                        Verdict.HELD,
                        List.of("as in the catalogue; 1 skipped, which the brokers' version of Kafka does not know:"
                                + " max.decompressed.message.bytes")));
    }

    @Test
    void nameAMissingTopic() {
        cluster.without(TopicNames.ALERT_RULE);

        assertOnly("exists", "reference.alert.rule does not exist");
    }

    @Test
    void nameTopicsThatHavePartitionsMoreOrFewer() {
        cluster.resized(TopicNames.RESOURCE_REJECTED, 13, 3).resized(TopicNames.ALERT_RULE, 5, 3);

        assertOnly(
                "partitions",
                "clinical.resource.rejected: partitions is 13, the catalogue says 12",
                "reference.alert.rule: partitions is 5, the catalogue says 6");
    }

    @Test
    void explainWhatBrokeWhenPartitionsWereAdded() {
        cluster.resized(TopicNames.RESOURCE_RECEIVED, 50, 3);

        assertThat(results().get(1).details())
                .singleElement()
                .asString()
                .startsWith("clinical.resource.received: partitions is 50, the catalogue says 32. ")
                .contains("so their order is lost, and where lane alerting");
    }

    @Test
    void nameThePartitionsWithFewerReplicas() {
        cluster.partition(TopicNames.ALERT_RULE, new ActualPartition(3, true, 1, 1));

        assertThat(results().get(2).details())
                .containsExactly("reference.alert.rule: replication is 1 in partition 3, the catalogue says 3");
    }

    @Test
    void nameATopicWithFewerReplicas() {
        cluster.resized(TopicNames.ALERT_RULE, 6, 2);

        assertOnly("replication", "reference.alert.rule: replication is 2, the catalogue says 3");
    }

    @Test
    void nameSettingsThatDiffer() {
        cluster.set(TopicNames.ALERT_GENERATED, "retention.ms", "5", null)
                .set(TopicNames.ALERT_GENERATED, "flush.messages", "1", null);

        assertOnly(
                "settings",
                "clinical.alert.generated: retention.ms is 5, the catalogue says 86400000",
                "clinical.alert.generated: flush.messages is 1, the catalogue does not set it");
    }

    @Test
    void namePartitionsWithoutALeaderOrWithReplicasBehind() {
        cluster.partition(TopicNames.ALERT_RULE, new ActualPartition(0, false, 3, 1))
                .partition(TopicNames.ALERT_RULE, new ActualPartition(1, true, 3, 1))
                .partition(TopicNames.ALERT_RULE, new ActualPartition(2, true, 3, 2));

        assertOnly(
                "leaders",
                "reference.alert.rule-0 has no leader: it can be neither read nor written",
                "reference.alert.rule-1 has 1 replicas in sync, below the 2 that a write needs",
                "reference.alert.rule-2 has 2 of 3 replicas in sync");
    }

    @Test
    void areSkippedWithoutTopics() {
        List<CheckResult> results = results(FakeCluster.empty(3).state(), Map.of());

        assertThat(results)
                .extracting(CheckResult::verdict)
                .containsExactly(Verdict.NOT_HELD, Verdict.SKIPPED, Verdict.SKIPPED, Verdict.SKIPPED, Verdict.SKIPPED);
        assertThat(results.get(4).details()).containsExactly("no topic exists");
    }

    @Test
    void distinguishAHiddenTopicFromAMissingOneAndNameTheOtherProblems() {
        cluster.without(TopicNames.ALERT_RULE).resized(TopicNames.ALERT_CURRENT, 8, 2);

        List<CheckResult> results = results(cluster.state(), Map.of("describe", Set.of(TopicNames.ALERT_RULE)));

        String hidden = "not allowed to read: Topic authorization failed: describe on reference.alert.rule";
        assertThat(results).extracting(CheckResult::verdict).containsOnly(Verdict.NOT_HELD);
        assertThat(results.get(0).details()).containsExactly(hidden);
        assertThat(results.get(2).details()).hasSize(2).startsWith(hidden);
    }

    private void assertOnly(String name, String... details) {
        assertThat(results())
                .filteredOn(result -> result.verdict() != Verdict.HELD)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.name()).isEqualTo(name);
                    assertThat(result.verdict()).isEqualTo(Verdict.NOT_HELD);
                    assertThat(result.details()).containsExactlyInAnyOrder(details);
                });
    }

    private List<CheckResult> results() {
        return results(cluster.state(), Map.of());
    }

    private List<CheckResult> results(ClusterState state, Map<String, Set<String>> refused) {
        return new TopicDriftChecks(catalogue, new SeenTopics(state, refused), state).all();
    }
}
