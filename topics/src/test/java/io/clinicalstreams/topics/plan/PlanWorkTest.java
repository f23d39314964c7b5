package io.clinicalstreams.topics.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.Step.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work on a cluster whose brokers apply a change at different times, or never answer. */
class PlanWorkTest {

    private final Catalogue catalogue = CatalogueLoader.load("production");

    @AfterEach
    void letTheNextTestBegin() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void returnsWhenTheClusterShowsTheTopicsThatWereMade() {
        Admin admin = new FakeAdmin(FakeCluster.empty(3)).slow(5).admin();

        List<Step> steps = new PlanWork(admin).carryOut(plan(admin));

        assertThat(steps).hasSameSizeAs(catalogue.topics()).allMatch(step -> step.state() == State.DONE);
        assertThat(plan(admin).isEmpty()).isTrue();
    }

    @Test
    void returnsWhenTheClusterShowsEverythingElseThatWasDone() {
        FakeCluster cluster = FakeCluster.asWantedBy(catalogue)
                .set(TopicNames.ALERT_GENERATED, "retention.ms", "5", null)
                .set(TopicNames.ALERT_GENERATED, "flush.messages", "1", "9223372036854775807")
                .resized(TopicNames.RESOURCE_REJECTED, 5, 3);
        Admin admin = new FakeAdmin(cluster).slow(5).admin();

        List<Step> steps = new PlanWork(admin).carryOut(plan(admin));

        assertThat(steps).hasSize(3).allMatch(step -> step.state() == State.DONE);
        assertThat(plan(admin).isEmpty()).isTrue();
    }

    @Test
    void waitsForABrokerThatHasNotHeardOfItThoughAnotherAnswers() {
        FakeAdmin brokers = new FakeAdmin(FakeCluster.empty(3)).withABrokerBehind(4);

        assertThat(new PlanWork(brokers.admin()).carryOut(plan(brokers.admin())))
                .hasSameSizeAs(catalogue.topics());

        assertThat(brokers.calls())
                .filteredOn("describeMetadataQuorum"::equals)
                .as("once for the log's end, three times in vain, once more")
                .hasSize(5);
    }

    @Test
    void retriesIfOneBrokerKnowsATopicThatTheNextDoesNot() {
        FakeCluster cluster = FakeCluster.asWantedBy(catalogue);
        ActualTopic topic = cluster.state().topic(TopicNames.ALERT_RULE).orElseThrow();
        FakeAdmin brokers = new FakeAdmin(cluster)
                .before("describeConfigs", () -> cluster.without(topic.name()))
                .before("describeTopics", () -> {})
                .before("describeTopics", () -> cluster.with(topic));

        assertThat(plan(brokers.admin()).isEmpty()).isTrue();
        assertThat(brokers.calls())
                .containsExactly(
                        "describeCluster",
                        "describeFeatures",
                        "describeTopics",
                        "describeConfigs",
                        "describeTopics",
                        "describeConfigs");
    }

    @Test
    void asksAgainWhileTheClusterDoesNotAnswerAfterTheChange() {
        FakeAdmin brokers = new FakeAdmin(FakeCluster.asWantedBy(catalogue).without(TopicNames.ALERT_RULE));
        Admin admin = brokers.admin();
        TopicPlan plan = plan(admin);
        Runnable away = () -> {
            throw new DisconnectException("the broker has gone");
        };
        brokers.before("describeCluster", away).before("describeTopics", away);

        assertThat(new PlanWork(admin).carryOut(plan)).extracting(Step::state).containsExactly(State.DONE);
    }

    @Test
    void aChangeWithoutAnAnswerIsDoneIfTheClusterShowsIt() {
        FakeCluster cluster = FakeCluster.asWantedBy(catalogue);
        ActualTopic topic = cluster.state().topic(TopicNames.ALERT_RULE).orElseThrow();
        Admin admin = new FakeAdmin(cluster.without(topic.name()))
                .refusing(topic.name(), new TimeoutException("no node answered"))
                .before("createTopics", () -> {})
                .before("describeMetadataQuorum", () -> cluster.with(topic))
                .admin();

        assertThat(new PlanWork(admin).carryOut(plan(admin)))
                .extracting(Step::state)
                .containsExactly(State.DONE);
    }

    @Test
    void triesNothingMoreOnceItIsInterrupted() {
        FakeCluster cluster = FakeCluster.asWantedBy(catalogue)
                .without(TopicNames.ALERT_RULE)
                .set(TopicNames.ALERT_GENERATED, "retention.ms", "5", null);
        Admin admin = new FakeAdmin(cluster)
                .before("createTopics", () -> Thread.currentThread().interrupt())
                .admin();

        assertThat(new PlanWork(admin).carryOut(plan(admin)))
                .extracting(Step::state)
                .containsExactly(State.DONE, State.NOT_TRIED);
    }

    @Test
    void continuesWithTheOthersIfTheClusterRefusesOneTopic() {
        FakeCluster cluster = FakeCluster.asWantedBy(catalogue)
                .without(TopicNames.ALERT_RULE)
                .set(TopicNames.ALERT_GENERATED, "retention.ms", "5", null)
                .resized(TopicNames.RESOURCE_REJECTED, 5, 3);
        Admin admin = new FakeAdmin(cluster)
                .refusing(TopicNames.ALERT_RULE, new PolicyViolationException("no such topics here"))
                .admin();

        assertThat(new PlanWork(admin).carryOut(plan(admin)))
                .extracting(Step::state)
                .containsExactly(State.FAILED, State.DONE, State.DONE);
    }

    @Test
    void triesNothingMoreOnceTheClusterDoesNotAnswer() {
        FakeCluster cluster = FakeCluster.asWantedBy(catalogue)
                .without(TopicNames.ALERT_RULE)
                .set(TopicNames.ALERT_GENERATED, "retention.ms", "5", null);
        Admin admin = new FakeAdmin(cluster)
                .refusing(TopicNames.ALERT_RULE, new TimeoutException("no node answered"))
                .admin();

        assertThat(new PlanWork(admin).carryOut(plan(admin)))
                .extracting(Step::state)
                .containsExactly(State.UNKNOWN, State.NOT_TRIED);
    }

    @Test
    void createsATopicWithoutTheSettingsThatTheClusterDoesNotKnow(@TempDir Path folder) throws IOException {
        SmallCatalogue files = SmallCatalogue.in(folder);
        files.append("profiles/input.yaml", """
                topic:
                  max.decompressed.message.bytes: {value: 2000000, why: Enough., evidence: pending}
                """);
        Catalogue wanted = files.load();
        Admin admin = new FakeAdmin(FakeCluster.empty(3)).upTo(30).admin();
        TopicPlan plan = TopicPlan.between(wanted, new ClusterReader(admin).read(wanted));

        List<Step> steps = new PlanWork(admin).carryOut(plan);

        assertThat(steps).hasSize(2).allMatch(step -> step.state() == State.DONE);
        TopicPlan left = TopicPlan.between(wanted, new ClusterReader(admin).read(wanted));
        assertThat(left.changes())
                .isEqualTo(plan.with(Effect.SKIPPED))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.topic()).isEqualTo("clinical.thing.received");
                    assertThat(change.key()).isEqualTo("max.decompressed.message.bytes");
                    assertThat(change.why()).startsWith("the brokers' version of Kafka does not know this setting");
                });
    }

    @Test
    void createsNoMoreRecordsInOneCallThanTheControllerAccepts() {
        FakeAdmin brokers = new FakeAdmin(FakeCluster.empty(3));
        Topic wide = catalogue.topic(TopicNames.ALERT_GENERATED);
        List<Topic> many = IntStream.range(0, 500)
                .mapToObj(number -> wide.named("topic-" + number))
                .toList();
        int records =
                many.size() * (1 + wide.partitions() + wide.settings().byName().size());

        List<Step> steps = new PlanWork(brokers.admin())
                .carryOut(TopicPlan.between(
                        new Catalogue(catalogue.where(), many, List.of()),
                        new ClusterState(3, Short.MAX_VALUE, Map.of())));

        assertThat(steps).hasSize(500).allMatch(step -> step.state() == State.DONE);
        assertThat(brokers.calls())
                .filteredOn("createTopics"::equals)
                .hasSize((records + PlanWork.MOST_RECORDS_A_CALL - 1) / PlanWork.MOST_RECORDS_A_CALL);
    }

    private TopicPlan plan(Admin admin) {
        return TopicPlan.between(catalogue, new ClusterReader(admin).read(catalogue));
    }
}
