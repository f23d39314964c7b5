package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ActualSetting;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTopicsTest {

    private static final Map<String, String> CLIENT = Map.of("bootstrap.servers", "in-mind:9092");

    private static final String INPUT = TopicNames.RESOURCE_RECEIVED;

    private final Catalogue production = CatalogueLoader.load("production");
    private final LaneTopics alerting = new LaneTopics(production, production.lane("alerting"));
    private final String changelog =
            production.lane("alerting").internalTopics().get(0);
    private final Map<String, ActualTopic> cluster = new HashMap<>();

    LaneTopicsTest() {
        for (Topic topic : production.topics()) {
            put(topic.fullName(), topic.partitions(), 3, 2);
        }
    }

    @Test
    void startsOnItsEnvironmentsTopicsBeforeAndAfterItHasMadeItsChangelog() {
        assertThatCode(this::demand).doesNotThrowAnyException();
        put(changelog, 32, 3, 2);
        assertThatCode(this::demand).doesNotThrowAnyException();
    }

    @Test
    void aTopicOfAnotherLaneMayDiffer() {
        put(TopicNames.RESOURCE_REJECTED, 1, 1, 1);
        assertThatCode(this::demand).doesNotThrowAnyException();
    }

    @Test
    void namesEveryTopicThatIsMissing() {
        cluster.remove(TopicNames.ALERT_CURRENT);
        cluster.remove(TopicNames.ALERT_RULE);
        refuses("topics are missing: clinical.alert.current, reference.alert.rule;", "topics apply -e production");
    }

    @Test
    void namesTheTopicItsValueAndTheRequiredOne() {
        put(INPUT, 6, 3, 2);
        refuses("lane alerting does not start", INPUT + ": partitions is 6, must be 32", "environment production");
        put(INPUT, 32, 2, 2);
        refuses(INPUT + ": replication is 2, must be 3");
        put(INPUT, 32, 3, 1);
        refuses(INPUT + ": min.insync.replicas is 1, must be 2");
        put(INPUT, 32, 4, 2);
        refuses(INPUT + ": replication is 4, must be 3");
    }

    @Test
    void aLaneOfAnotherEnvironmentIsReportedWithTheNumberOfDifferences() {
        Catalogue development = CatalogueLoader.load("development");
        put(changelog, 32, 3, 2);
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> new LaneTopics(development, development.lane("alerting")).demand(state(), CLIENT))
                .withMessageContaining("partitions is 32, must be 6")
                .withMessageContaining("; and 13 more. Select the right one with --environment");
    }

    @Test
    void aSinkThatRefusesTheLanesLargestRecordIsReported() {
        String sink = "clinical.alert.generated";
        ActualTopic topic = Objects.requireNonNull(cluster.get(sink));
        Map<String, ActualSetting> settings = new HashMap<>(topic.settings());
        settings.put("max.message.bytes", new ActualSetting("1000", false, "1000"));
        cluster.put(sink, new ActualTopic(sink, topic.partitions(), settings));

        refuses(sink + ": max.message.bytes is 1000, must be at least ");
    }

    @Test
    void aChangelogMustMatchTheEnvironmentToo() {
        put(changelog, 32, 1, 1);
        refuses(changelog + ": replication is 1, must be 3", changelog + ": min.insync.replicas is 1, must be 2");
    }

    /** A reassignment takes hours, and a lane must be able to start meanwhile. */
    @Test
    void extraReplicasDuringAReassignmentAreNotADifference() {
        ActualTopic topic = topic(INPUT, 32, 4, 2);
        Map<String, ActualSetting> settings = new HashMap<>(topic.settings());
        settings.put("follower.replication.throttled.replicas", new ActualSetting("0:1", true, null));
        cluster.put(INPUT, new ActualTopic(INPUT, topic.partitions(), settings));
        assertThatCode(this::demand).doesNotThrowAnyException();
    }

    private void refuses(String... says) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(this::demand)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(says));
    }

    private void demand() {
        alerting.demand(state(), CLIENT);
    }

    private ClusterState state() {
        return new ClusterState(3, 0, cluster);
    }

    private void put(String name, int partitions, int replicas, int minIsr) {
        cluster.put(name, topic(name, partitions, replicas, minIsr));
    }

    private static ActualTopic topic(String name, int partitions, int replicas, int minIsr) {
        List<ActualPartition> all = IntStream.range(0, partitions)
                .mapToObj(each -> new ActualPartition(each, true, replicas, replicas))
                .toList();
        return new ActualTopic(
                name, all, Map.of("min.insync.replicas", new ActualSetting(String.valueOf(minIsr), true, null)));
    }
}
