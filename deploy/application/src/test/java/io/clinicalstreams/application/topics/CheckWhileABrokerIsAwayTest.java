package io.clinicalstreams.application.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.application.CommandResult;
import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code topics check} works while a broker is down, and passes again afterwards. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckWhileABrokerIsAwayTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final ThreeBrokers brokers = ThreeBrokers.open();
    private final Broker leaving = brokers.cluster().brokers().get(2);

    @TempDir
    private Path folders;

    @AfterAll
    void stop() {
        brokers.close();
    }

    @Test
    void holdsWithReferenceDataAndNamesAnUnavailableBroker() {
        Terminal terminal = brokers.terminal(folders, "healthy", "");
        assertThat(terminal.topics("apply", "--yes").exitCode()).isZero();
        CommandResult tried = terminal.topics("reference", "apply", "--dry-run");
        assertThat(tried.exitCode()).isZero();
        assertThat(tried.out()).contains(" to put, 0 to remove, 0 unchanged");
        assertThat(terminal.notHeld()).containsExactly("reference-data");
        CommandResult written = terminal.topics("reference", "apply", "--yes");
        assertThat(written.exitCode()).isZero();
        assertThat(written.err()).isEqualTo(tried.out());

        CommandResult check = terminal.topics("check");
        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat(check.out()).contains("evidence").contains("pending").contains("no lane has run on this cluster");
        assertThat(terminal.topics("check", "--strict").exitCode()).isEqualTo(3);

        leaving.stop();
        awaitPatiently().until(() -> terminal.notHeld().contains("leaders"));
        comeBack();
        awaitPatiently().until(() -> terminal.notHeld().isEmpty());
    }

    /** The rules and one partition of the input have a single replica, whose broker is down; lanes have run. */
    @Test
    void namesAPartitionWithoutALeaderAndContinuesWithTheOtherChecks() throws Exception {
        Terminal terminal = brokers.terminal(folders, "leaderless", "");
        String rules = terminal.fullName(TopicNames.ALERT_RULE);
        String input = terminal.fullName(TopicNames.RESOURCE_RECEIVED);
        int away = leaving.id();
        int stays = brokers.cluster().brokers().get(0).id();
        try (Admin admin = brokers.admin()) {
            admin.createTopics(List.of(
                            new NewTopic(rules, Map.of(0, List.of(away))),
                            new NewTopic(
                                    input,
                                    Map.of(0, List.of(stays), 1, List.of(away), 2, List.of(stays), 3, List.of(stays)))))
                    .all()
                    .get();
            assertThat(terminal.topics("apply", "--yes").exitCode()).isEqualTo(3);
            for (Lane lane : terminal.catalogue().lanes()) {
                admin.alterConsumerGroupOffsets(
                                lane.applicationId(), Map.of(new TopicPartition(input, 0), new OffsetAndMetadata(0)))
                        .all()
                        .get();
            }
        }

        leaving.stop();
        awaitPatiently().untilAsserted(() -> {
            CommandResult check = terminal.topics("check", "-o", "json");
            assertThat(check.exitCode()).isEqualTo(3);
            assertThat(check.json().get("checks").valueStream().map(CheckWhileABrokerIsAwayTest::name))
                    .containsExactly(
                            "environment",
                            "exists",
                            "partitions",
                            "replication",
                            "settings",
                            "leaders",
                            "brokers",
                            "internal-topics",
                            "lag",
                            "transactions",
                            "access",
                            "reference-data",
                            "exceptions",
                            "evidence");
            assertThat(check.notHeld()).contains("leaders", "lag", "reference-data");
            assertThat(check.out())
                    .contains(input + "-1 has no leader: it can be neither read nor written")
                    .contains("is unknown, they have no leader: " + input + "-1")
                    .contains("the topic " + rules + " has a partition without a leader: it cannot be read");
        });
        comeBack();
        awaitPatiently().until(() -> !terminal.notHeld().contains("lag"));
    }

    /** While leaders move, a command may fail and print nothing. */
    private static ConditionFactory awaitPatiently() {
        return await().atMost(SOON).ignoreExceptions();
    }

    private static String name(JsonNode check) {
        return check.get("check").asText();
    }

    private void comeBack() {
        leaving.start();
        brokers.cluster().awaitReady(SOON);
    }
}
