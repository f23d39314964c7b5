package io.clinicalstreams.topics.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.CommandKit;
import io.clinicalstreams.topics.terminal.Confirmation;
import io.clinicalstreams.topics.terminal.Confirmation.Answer;
import io.clinicalstreams.topics.terminal.Consent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The dialogue about a plan; the application's tests apply one on real brokers. */
class ApplyCommandTest {

    private static final List<String> DEVELOPMENT =
            List.of("--bootstrap-server", "in-mind:9092", "--environment", "development", "--yes");
    private static final String TOPIC = TopicNames.ALERT_GENERATED;

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final FakeCluster cluster = FakeCluster.asWantedBy(catalogue).set(TOPIC, "retention.ms", "1000", null);
    private final FakeAdmin admin = new FakeAdmin(cluster);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void letTheNextTestBegin() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void appliesTheShownPlanOnYes() {
        assertThat(apply(question -> Answer.YES)).isZero();

        assertThat(err.toString()).containsPattern("safe +" + TOPIC + " +retention.ms +1000 +86400000");
        assertThat(out.toString().lines())
                .containsExactly("changed    " + TOPIC + " retention.ms from 1000 to 86400000");
        assertThat(isAsWanted()).isTrue();
    }

    @Test
    void doesNotShortenRetentionWithoutBeingAllowedTo() {
        cluster.set(TOPIC, "retention.ms", "999999999", null)
                .set(TopicNames.SCORE_COMPUTED, "retention.ms", "1000", null);

        assertThat(apply(question -> Answer.YES, "--yes")).isEqualTo(3);

        assertThat(out.toString().lines())
                .containsExactly("changed    " + TopicNames.SCORE_COMPUTED + " retention.ms from 1000 to 86400000");
        assertThat(err.toString().lines().toList())
                .contains("not done   " + TOPIC + " retention.ms: disruptive, records beyond it are deleted")
                .last()
                .isEqualTo(
                        "differences remain: 1 disruptive (made with --allow-disruptive), 0 refused (see WHY above)");
    }

    @Test
    void listsInJsonAlsoWhatItDidNotDo() {
        cluster.set(TOPIC, "retention.ms", "999999999", null)
                .set(TopicNames.SCORE_COMPUTED, "retention.ms", "1000", null)
                .resized(TopicNames.ALERT_CURRENT, 99, 3);

        assertThat(apply(question -> Answer.YES, "--yes", "-o", "json")).isEqualTo(3);

        assertThat(out.toString())
                .containsSubsequence("\"changed\"", "\"not done\"", "\"not done\"")
                .contains("\"disruptive\"", "\"refused\"");
    }

    @Test
    void shortensRetentionIfAllowed() {
        cluster.set(TOPIC, "retention.ms", "999999999", null);

        assertThat(apply(question -> Answer.YES, "--allow-disruptive")).isZero();

        assertThat(isAsWanted()).isTrue();
    }

    @Test
    void asksForConsentToDisruptiveChangesByTheirNumber() {
        cluster.set(TOPIC, "retention.ms", "999999999", null);

        assertThat(apply(
                        question -> {
                            assertThat(question).contains("1 of them disruptive");
                            return Answer.NO;
                        },
                        "--allow-disruptive"))
                .isEqualTo(1);
    }

    @Test
    void doesNothingOnNo() {
        assertThat(apply(question -> Answer.NO)).isEqualTo(1);

        assertThat(err.toString().lines().toList()).last().isEqualTo("declined; nothing was done");
        assertThat(out.toString()).isEmpty();
        assertThat(isAsWanted()).isFalse();
    }

    @Test
    void doesNotAskIfThereIsNothingToDo() {
        cluster.set(TOPIC, "retention.ms", "86400000", null);

        assertThat(apply(question -> {
                    throw new AssertionError(question);
                }))
                .isZero();
        assertThat(out.toString().lines()).containsExactly("nothing done");
    }

    @Test
    void refusesAPlanThatIsNotTheOneAnyMoreThatWasShown() {
        assertThat(apply(question -> {
                    cluster.set(TOPIC, "retention.ms", "2000", null);
                    return Answer.YES;
                }))
                .isEqualTo(1);

        assertThat(err.toString().lines().toList())
                .last()
                .isEqualTo("the cluster has changed since the plan was shown; nothing was done: run the command again");
        assertThat(out.toString()).isEmpty();
        assertThat(admin.calls()).doesNotContain("incrementalAlterConfigs");
    }

    @Test
    void reportsWhatItDidWhenInterrupted() {
        cluster.without(TopicNames.ALERT_RULE)
                .set(TopicNames.SCORE_COMPUTED, "retention.ms", "1000", null)
                .resized(TopicNames.RESOURCE_REJECTED, 5, 3);
        admin.silentAbout(TopicNames.SCORE_COMPUTED)
                .before("incrementalAlterConfigs", () -> Thread.currentThread().interrupt());

        assertThat(apply(question -> Answer.YES, "--allow-disruptive")).isEqualTo(1);

        assertThat(out.toString().lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).startsWith("created    " + TopicNames.ALERT_RULE + ", "))
                .contains(
                        "changed    " + TOPIC + " retention.ms from 1000 to 86400000",
                        "not tried  " + TopicNames.RESOURCE_REJECTED + " partitions from 5 to 12")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("unknown    " + TopicNames.SCORE_COMPUTED + " retention.ms from 1000 to ")
                        .endsWith(": interrupted before the cluster answered; it may have been done"));
        assertThat(err.toString().lines().toList())
                .last()
                .isEqualTo(
                        "1 of 4 changes not made, 1 unknown ('topics plan' shows them); what was done stays; fix the cause and run the"
                                + " command again");
    }

    @Test
    void doesNothingOnAClusterThatLooksLikeAnotherEnvironments() {
        List<String> arguments = List.of("--bootstrap-server", "in-mind:9092", "--environment", "development", "--yes");
        int size = catalogue.topics().size();

        assertThat(run(question -> Answer.YES, arguments)).isEqualTo(2);

        assertThat(err.toString().lines().toList())
                .last()
                .asString()
                .startsWith(size + " of " + size
                        + " existing topics do not have the replicas and partitions of environment 'development'")
                .contains("this cluster (in-mind) looks like another environment's; nothing was done. ");
        assertThat(admin.calls()).doesNotContain("incrementalAlterConfigs");
    }

    @Test
    void isNotMisledByOneTopicThatHasTheReplicationOfTheWrongEnvironment() {
        cluster.resized(TopicNames.SCORE_COMPUTED, 16, 1);
        List<String> arguments = List.of("--bootstrap-server", "in-mind:9092", "--environment", "development", "--yes");

        assertThat(run(question -> Answer.YES, arguments)).isEqualTo(2);

        assertThat(admin.calls()).doesNotContain("incrementalAlterConfigs");
    }

    @Test
    void doesNothingOnASmallerEnvironmentsCluster() {
        FakeAdmin laptop = new FakeAdmin(FakeCluster.asWantedBy(CatalogueLoader.load("development")));
        CommandLine command = CommandKit.of(new CommandLine(new ApplyCommand(
                        new Consent(question -> Answer.YES), new ClusterOptions(where -> laptop.admin()))))
                .setErr(new PrintWriter(err, true));

        assertThat(command.execute("--bootstrap-server", "in-mind:9092", "-e", "production", "--yes"))
                .isEqualTo(2);

        assertThat(laptop.calls()).doesNotContain("incrementalAlterConfigs", "createPartitions");
    }

    @Test
    void marksTheClusterAndThenDoesNothingThereForAnotherEnvironmentWhateverTheTopicsLookLike() {
        assertThat(apply(question -> Answer.YES)).isZero();
        assertThat(cluster.state().topics()).containsKey("clinical-streams.environment.production");
        FakeCluster.asWantedBy(CatalogueLoader.load("development"))
                .state()
                .topics()
                .values()
                .forEach(cluster::with);
        cluster.set(TOPIC, "retention.ms", "1000", null);

        assertThat(run(question -> Answer.YES, DEVELOPMENT)).isEqualTo(2);

        assertThat(err.toString().lines().toList())
                .last()
                .isEqualTo("this cluster (in-mind) belongs to environment production, not to development; nothing was"
                        + " done. Choose the right --environment or --bootstrap-server, or name the cluster's owner with"
                        + " --cluster-of");
        assertThat(cluster.state().topic(TOPIC).orElseThrow().value("retention.ms"))
                .isEqualTo("1000");
    }

    @Test
    void writesToAnotherEnvironmentsClusterOnlyIfItsOwnerIsNamed() {
        cluster.with("clinical-streams.environment.production", 1, 3, Map.of());
        FakeCluster.asWantedBy(CatalogueLoader.load("development"))
                .state()
                .topics()
                .values()
                .forEach(cluster::with);
        cluster.set(TOPIC, "retention.ms", "1000", null);

        assertThat(run(question -> Answer.YES, DEVELOPMENT, "--cluster-of", "staging"))
                .isEqualTo(2);
        assertThat(run(question -> Answer.YES, DEVELOPMENT, "--cluster-of", "production"))
                .isZero();

        assertThat(cluster.state().topic(TOPIC).orElseThrow().value("retention.ms"))
                .isEqualTo("86400000");
        assertThat(cluster.state().topics()).doesNotContainKey("clinical-streams.environment.development");
    }

    @Test
    void worksWithoutTheRightToMarkTheCluster() {
        admin.refusing("clinical-streams.environment.production", new TopicAuthorizationException("not you"));

        assertThat(apply(question -> Answer.YES)).isZero();

        assertThat(err.toString()).contains("the cluster is not marked as environment production's: not you");
    }

    @Test
    void doesNotMarkTheClusterWithoutConsent() {
        cluster.set(TOPIC, "retention.ms", "86400000", null);

        assertThat(apply(question -> {
                    throw new AssertionError(question);
                }))
                .isZero();

        assertThat(admin.calls()).doesNotContain("createTopics");
    }

    @Test
    void showsEachSettingOfATopicThatItWouldCreate() {
        cluster.without(TOPIC);

        assertThat(apply(question -> Answer.NO)).isEqualTo(1);

        assertThat(err.toString())
                .containsPattern("safe +" + TOPIC + " +topic +- +partitions 16, replication 3 +does not exist")
                .containsPattern("safe +" + TOPIC + " +retention.ms +- +86400000")
                .contains("1 safe, 0 disruptive, 0 refused, 0 skipped");
    }

    @Test
    void skipsSettingsThatAnOlderClusterDoesNotKnow() {
        cluster.without(TopicNames.RESOURCE_RECEIVED);
        admin.upTo(30);

        assertThat(apply(question -> Answer.YES)).isZero();

        assertThat(err.toString())
                .containsPattern("skipped +" + TopicNames.RESOURCE_RECEIVED + " +max.decompressed.message.bytes +- ");
        assertThat(err.toString().lines().toList())
                .last()
                .isEqualTo("1 settings skipped, which the brokers' version of Kafka does not know (see WHY above)");
    }

    private boolean isAsWanted() {
        return TopicPlan.between(catalogue, cluster.state()).isEmpty();
    }

    private int apply(Confirmation confirmation, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--bootstrap-server", "in-mind:9092", "--environment", "production"));
        arguments.addAll(List.of(more));
        return run(confirmation, arguments);
    }

    private int run(Confirmation confirmation, List<String> some, String... more) {
        List<String> arguments = new ArrayList<>(some);
        arguments.addAll(List.of(more));
        return CommandKit.of(new CommandLine(
                        new ApplyCommand(new Consent(confirmation), new ClusterOptions(where -> admin.admin()))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
