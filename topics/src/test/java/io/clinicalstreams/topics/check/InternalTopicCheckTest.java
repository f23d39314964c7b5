package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.cluster.ActualSetting;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Kafka Streams' internal topics are compared with the lane's declaration. */
class InternalTopicCheckTest {

    private static final String CHANGELOG = "clinical-streams.alerting-patient-state-changelog";

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final Lane alerting = catalogue.lane("alerting");
    private final FakeCluster cluster = FakeCluster.asWantedBy(catalogue);

    @Test
    void isSkippedWhileNoLaneHasRun() {
        CheckResult result = check(new LaneArtifacts(Map.of(alerting, Map.of()), Set.of("other.topic")));

        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void holdsForTheChangelogThatIsDeclared() {
        changelog(32, 3, "compact", "2");

        assertThat(result(CHANGELOG, "other.topic").verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void namesAMissingChangelog() {
        assertThat(result().details())
                .containsExactly(CHANGELOG + " does not exist, but lane alerting has run: its state has no changelog");
    }

    @Test
    void namesEverythingThatIsWrongWithAChangelog() {
        changelog(16, 2, "delete", "1");

        assertThat(result(CHANGELOG).details())
                .containsExactly(
                        CHANGELOG + ": partitions is 16, the lane's sources have 32",
                        CHANGELOG + ": replication is 2, the catalogue says 3",
                        CHANGELOG + ": cleanup.policy is delete, must be compact: a key's state would be deleted by"
                                + " age",
                        CHANGELOG + ": min.insync.replicas is 1, the catalogue says 2");
    }

    @Test
    void namesAChangelogThatIsCompactedAndDeletedFromToo() {
        changelog(32, 3, "compact,delete", "2");

        assertThat(result(CHANGELOG).details())
                .containsExactly(CHANGELOG + ": cleanup.policy is compact,delete, must be compact: a key's state"
                        + " would be deleted by age");
    }

    @Test
    void comparesValuesAndNotTheirSpelling() {
        changelog(32, 3, "compact", "02");

        assertThat(result(CHANGELOG).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void checksALaneOfWhichOnlyTheChangelogIsLeft() {
        changelog(32, 3, "delete", "2");

        assertThat(check(new LaneArtifacts(Map.of(alerting, Map.of()), Set.of(CHANGELOG)))
                        .verdict())
                .isEqualTo(Verdict.NOT_HELD);
    }

    @Test
    void namesUndeclaredInternalTopics() {
        changelog(32, 3, "compact", "2");

        assertThat(result(CHANGELOG, "clinical-streams.alerting-old-store-changelog")
                        .details())
                .containsExactly("clinical-streams.alerting-old-store-changelog is not declared by lane alerting:"
                        + " it belongs to an older topology, or the catalogue is out of date");
    }

    private void changelog(int partitions, int replication, String cleanup, String inSync) {
        cluster.with(
                CHANGELOG,
                partitions,
                replication,
                Map.of(
                        "cleanup.policy", new ActualSetting(cleanup, true, null),
                        "max.message.bytes", new ActualSetting("6291456", true, null),
                        "segment.bytes", new ActualSetting("67108864", true, null),
                        "max.compaction.lag.ms", new ActualSetting("3600000", true, null),
                        "delete.retention.ms", new ActualSetting("604800000", true, null),
                        "min.cleanable.dirty.ratio", new ActualSetting("0.5", true, null),
                        "min.insync.replicas", new ActualSetting(inSync, true, null)));
    }

    private CheckResult result(String... names) {
        Map<TopicPartition, Long> committed = Map.of(new TopicPartition("clinical.resource.received", 0), 7L);
        return check(new LaneArtifacts(Map.of(alerting, committed), Set.of(names)));
    }

    private CheckResult check(LaneArtifacts traces) {
        return new InternalTopicCheck(catalogue, cluster.state()).of(traces);
    }
}
