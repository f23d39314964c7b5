package io.clinicalstreams.application.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.application.CommandResult;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * On three brokers with access rules: changes made with Kafka's own tools are reported, and repaired if that is safe.
 */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIsNamedAndRepairedTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int TOPICS =
            CatalogueLoader.load("production").topics().size();

    private final ThreeBrokers brokers = ThreeBrokers.secured();
    private final Admin admin = brokers.admin();

    @TempDir
    private Path folders;

    @BeforeAll
    void somebodyElseHasTopicsToo() throws Exception {
        admin.createTopics(List.of(
                        new NewTopic("somebody.elses.topic", 2, (short) 1).configs(Map.of("retention.ms", "12345")),
                        new NewTopic("clinical-streams.alerting-old-changelog", 1, (short) 1)))
                .all()
                .get();
    }

    @AfterAll
    void stop() {
        admin.close();
        brokers.close();
    }

    @Test
    void applyOnAnEmptyClusterLeavesAnEmptyPlan() throws Exception {
        Terminal terminal = terminal("fresh", "");
        String before = foreignTopics();

        CommandResult plan = terminal.topics("plan", "--exit-code");
        assertThat(plan.exitCode()).isEqualTo(3);
        assertThat(plan.out()).contains(TOPICS + " safe, 0 disruptive, 0 refused");
        assertThat(terminal.topics("plan").exitCode()).isZero();

        CommandResult unasked = terminal.topics("apply");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("pass --yes to confirm; nothing was done");
        assertThat(names()).noneMatch(name -> name.startsWith("fresh."));

        CommandResult apply = terminal.topics("apply", "--yes");
        assertThat(apply.exitCode()).as(apply.err()).isZero();
        assertThat(apply.out().lines()).hasSize(TOPICS).allMatch(line -> line.startsWith("created"));

        CommandResult nothing = terminal.topics("plan", "--exit-code");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.out()).startsWith("nothing to change");
        CommandResult again = terminal.topics("apply");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("nothing done");
        assertThat(foreignTopics()).isEqualTo(before);
    }

    @Test
    void aChangedSettingIsNamedAndChangedBack() throws Exception {
        Terminal terminal = applied("settings");
        String topic = terminal.fullName(TopicNames.ALERT_GENERATED);
        brokers.configure(topic, "--add-config", "retention.ms=1000,flush.messages=7");
        brokers.configure(topic, "--delete-config", "segment.ms");
        await().atMost(SOON).until(() -> terminal.changes().size() == 3);

        CommandResult check = terminal.topics("check", "-o", "json");
        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(check.notHeld()).contains("settings").doesNotContain("partitions", "exists", "replication");
        assertThat(check.out())
                .contains(topic + ": retention.ms is 1000, the catalogue says 86400000")
                .contains(topic + ": flush.messages is 7, the catalogue does not set it")
                .contains(topic + ": segment.ms is 604800000, the catalogue says 43200000");

        CommandResult apply = terminal.topics("apply", "--yes");
        assertThat(apply.exitCode()).as(apply.err()).isZero();
        assertThat(apply.out().lines())
                .containsExactlyInAnyOrder(
                        "changed    " + topic + " retention.ms from 1000 to 86400000",
                        "changed    " + topic + " segment.ms from 604800000 to 43200000",
                        "changed    " + topic + " flush.messages from 7 to 9223372036854775807");
        assertThat(terminal.changes()).isEmpty();
    }

    @Test
    void aDefaultOfTheBrokersThatDeletesRecordsIsNamedAndLeft() throws Exception {
        Terminal terminal = applied("defaults");
        ConfigResource allBrokers = new ConfigResource(ConfigResource.Type.BROKER, "");
        ConfigEntry small = new ConfigEntry("log.retention.bytes", "1000000");
        String expected =
                "retention.bytes is 1000000 by the brokers' settings, and the catalogue relies on Kafka's default,"
                        + " -1: records beyond it are deleted; inherited by";
        admin.incrementalAlterConfigs(Map.of(allBrokers, List.of(new AlterConfigOp(small, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        try {
            await().atMost(SOON).until(() -> terminal.topics("plan").out().contains(expected));
            CommandResult check = terminal.topics("check", "-o", "json");
            assertThat(check.notHeld()).contains("brokers").doesNotContain("settings");
            assertThat(check.out()).contains(expected);
            CommandResult apply = terminal.topics("apply", "--yes");
            assertThat(apply.exitCode()).isZero();
            assertThat(apply.err()).contains(expected);
        } finally {
            admin.incrementalAlterConfigs(
                            Map.of(allBrokers, List.of(new AlterConfigOp(small, AlterConfigOp.OpType.DELETE))))
                    .all()
                    .get();
        }
        await().atMost(SOON).until(() -> !terminal.notHeld().contains("brokers"));
    }

    @Test
    void applyMarksTheClusterAndRefusesItForAnEnvironmentWithTheSameTopicNames() throws Exception {
        Terminal owner = applied("owned");
        await().atMost(SOON).until(() -> names().contains("owned.clinical-streams.environment.owned"));
        Path environments = owner.folder().resolve("environments");
        String file = Files.readString(environments.resolve("owned.yaml"));
        Files.writeString(environments.resolve("other.yaml"), file.replace("name: owned\n", "name: other\n"));
        Terminal other = new Terminal(owner.folder(), "other", owner.bootstrapServers(), owner.access());

        CommandResult apply = other.topics("apply", "--yes");

        assertThat(apply.exitCode()).isEqualTo(2);
        assertThat(apply.err()).contains(" belongs to environment ").contains("not to other; nothing was done");
        assertThat(other.topics("access", "--apply", "--yes").exitCode()).isEqualTo(2);
        assertThat(other.notHeld()).contains("environment");
        assertThat(other.topics("apply", "--yes", "--cluster-of", "owned").exitCode())
                .isZero();
        assertThat(names()).doesNotContain("owned.clinical-streams.environment.other");
    }

    @Test
    void aDeletedTopicIsNamedAndCreatedAgain() throws Exception {
        Terminal terminal = applied("deleted");
        String topic = terminal.fullName(TopicNames.SCORE_COMPUTED);
        brokers.topics("--delete", "--topic", topic);
        // Each broker applies it after a while, and the command may ask any of them.
        await().atMost(SOON)
                .until(() -> !names().contains(topic) && !terminal.changes().isEmpty());

        assertThat(terminal.changes()).singleElement().satisfies(change -> {
            assertThat(change.get("topic").asText()).isEqualTo(topic);
            assertThat(change.get("key").asText()).isEqualTo("topic");
            assertThat(change.get("effect").asText()).isEqualTo("safe");
        });
        assertThat(terminal.notHeld()).contains("exists");

        assertThat(terminal.topics("apply", "--yes").exitCode()).isZero();
        assertThat(terminal.changes()).isEmpty();
    }

    @Test
    void addedPartitionsAreNamedAndKept() throws Exception {
        Terminal terminal = applied("added");
        String topic = terminal.fullName(TopicNames.RESOURCE_RECEIVED);
        brokers.topics("--alter", "--topic", topic, "--partitions", "6");
        await().atMost(SOON).until(() -> !terminal.changes().isEmpty());

        assertThat(terminal.changes()).singleElement().satisfies(change -> {
            assertThat(change.get("effect").asText()).isEqualTo("refused");
            assertThat(change.get("now").asText()).isEqualTo("6");
            assertThat(change.get("wanted").asText()).isEqualTo("4");
        });
        assertThat(terminal.topics("plan", "--exit-code").exitCode()).isEqualTo(5);
        assertThat(terminal.notHeld()).contains("partitions");

        CommandResult apply = terminal.topics("apply", "--yes");
        assertThat(apply.exitCode()).isEqualTo(3);
        assertThat(apply.err()).contains("differences remain: 0 disruptive", "1 refused");
        assertThat(partitions(topic)).isEqualTo(6);
    }

    @Test
    void partitionsAreAddedOnlyIfNoReaderReliesOnKeyOrder() throws Exception {
        Terminal terminal = terminal("fewer", "  clinical.resource.rejected: {partitions: 4}\n");
        String keyed = terminal.fullName(TopicNames.ALERT_GENERATED);
        String unordered = terminal.fullName(TopicNames.RESOURCE_REJECTED);
        admin.createTopics(List.of(new NewTopic(keyed, 1, (short) 3), new NewTopic(unordered, 1, (short) 3)))
                .all()
                .get();
        await().atMost(SOON).until(() -> names().containsAll(List.of(keyed, unordered)));

        CommandResult cautious = terminal.topics("apply", "--yes");
        assertThat(cautious.exitCode()).isEqualTo(3);
        assertThat(cautious.err()).contains("not done   " + unordered + " partitions: disruptive");
        assertThat(partitions(unordered)).isEqualTo(1);

        CommandResult apply = terminal.topics("apply", "--yes", "--allow-disruptive");

        assertThat(apply.exitCode()).isEqualTo(3);
        assertThat(apply.out()).contains("changed    " + unordered + " partitions from 1 to 4");
        assertThat(apply.err()).contains("a key's new records go to another partition than its earlier ones");
        await().atMost(SOON).until(() -> partitions(unordered) == 4);
        assertThat(partitions(keyed)).isEqualTo(1);
        assertThat(terminal.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.get("topic").asText()).isEqualTo(keyed));
    }

    @Test
    void otherReplicationIsNamedAndLeft() throws Exception {
        Terminal terminal = terminal("replicas", "");
        String topic = terminal.fullName(TopicNames.ALERT_RULE);
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        await().atMost(SOON).until(() -> names().contains(topic));

        CommandResult apply = terminal.topics("apply", "--yes");

        assertThat(apply.exitCode()).isEqualTo(3);
        assertThat(apply.err()).contains("use kafka-reassign-partitions.sh");
        assertThat(terminal.notHeld()).contains("replication");
    }

    @Test
    void reportsWhatItDidWhenTheClusterRefusesAPart() throws IOException {
        Terminal terminal = terminal("half", """
                  clinical.score.computed:
                    settings:
                      remote.storage.enable: {value: true, why: This cluster has no tiers., evidence: pending}
                """);

        CommandResult apply = terminal.topics("apply", "--yes");

        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.out().lines().filter(line -> line.startsWith("created")))
                .hasSize(TOPICS - 1);
        assertThat(apply.out().lines().filter(line -> line.startsWith("failed")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("half.clinical.score.computed"));
        assertThat(apply.err()).contains("1 of " + TOPICS + " changes not made; what was done stays");
    }

    @Test
    void aRemovedOrAddedAclIsNamedByAccessAndCheckAndMissingOnesAreAddedAgain() throws Exception {
        Terminal terminal = applied("rules");
        assertThat(terminal.topics("access", "--apply", "--yes").exitCode()).isZero();
        String topic = terminal.fullName(TopicNames.RESOURCE_RECEIVED);
        String gateway = "User:rules-gateway";
        await().atMost(SOON).until(() -> !terminal.notHeld().contains("access"));

        brokers.rules("--remove", "--force", "--allow-principal", gateway, "--operation", "Write", "--topic", topic);
        brokers.rules(
                "--add",
                "--allow-principal",
                "User:*",
                "--operation",
                "Read",
                "--topic",
                "rules.",
                "--resource-pattern-type",
                "prefixed");
        await().atMost(SOON).until(() -> terminal.topics("access").err().contains("1 missing, 1 not derived"));

        CommandResult access = terminal.topics("access", "--exit-code");
        assertThat(access.exitCode()).isEqualTo(3);
        assertThat(access.out())
                .containsPattern("missing +gateway +" + gateway + " +write +topic " + topic)
                .containsPattern("extra +- +User:\\* +read +topic rules\\.\\*");
        await().atMost(SOON).untilAsserted(() -> {
            CommandResult check = terminal.topics("check", "-o", "json");
            assertThat(check.exitCode()).isEqualTo(3);
            assertThat(check.notHeld()).contains("access");
            assertThat(check.out())
                    .contains("missing: " + gateway + " may write on topic " + topic)
                    .contains("not derived: User:* may read on topic rules.*");
        });

        assertThat(terminal.topics("access", "--apply", "--yes").exitCode()).isZero();
        await().atMost(SOON).until(() -> terminal.topics("access").err().contains("0 missing, 1 not derived"));
    }

    @Test
    void refusesAnEnvironmentThatNeedsMoreBrokers() {
        Terminal terminal = Terminal.with(
                        folders.resolve("many"), "many", 5, brokers.cluster().bootstrapServers(), "")
                .as(brokers.commandConfig());

        CommandResult plan = terminal.topics("plan", "--exit-code");

        assertThat(plan.exitCode()).isEqualTo(5);
        assertThat(plan.out())
                .contains("0 safe, 0 disruptive, " + TOPICS + " refused")
                .contains("the cluster has 3 brokers");
    }

    private Terminal terminal(String name, String more) {
        return brokers.terminal(folders, name, more);
    }

    private Terminal applied(String name) {
        Terminal terminal = terminal(name, "");
        CommandResult apply = terminal.topics("apply", "--yes");
        assertThat(apply.exitCode()).as(apply.err()).isZero();
        return terminal;
    }

    private Set<String> names() throws Exception {
        return admin.listTopics().names().get();
    }

    private int partitions(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    /** Everything about other owners' topics, as text. */
    private String foreignTopics() throws Exception {
        List<String> foreign = List.of("somebody.elses.topic", "clinical-streams.alerting-old-changelog");
        return admin.describeTopics(foreign).allTopicNames().get().toString()
                + admin.describeConfigs(foreign.stream()
                                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                                .toList())
                        .all()
                        .get();
    }
}
