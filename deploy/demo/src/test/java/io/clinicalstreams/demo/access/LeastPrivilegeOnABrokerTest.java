package io.clinicalstreams.demo.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.verify.Mark;
import io.clinicalstreams.loadgen.verify.NothingDuplicated;
import io.clinicalstreams.loadgen.verify.NothingLost;
import io.clinicalstreams.loadgen.verify.Verdict;
import io.clinicalstreams.loadgen.verify.Verifier;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.TopicsOnCluster;
import io.clinicalstreams.topics.access.AccessPlan;
import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import io.clinicalstreams.topics.command.OneLineErrors;
import io.clinicalstreams.topics.command.TopicsCommand;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * With exactly the derived access rules everything works, and without any one of them something does not. The tests
 * build on each other: the first makes what the others need.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeastPrivilegeOnABrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Kafka's exceptions say so by their name or in their message. */
    private static final Pattern REFUSED = Pattern.compile(".*(Authorization|authorization|Not authorized).*");

    private final SecuredSystem system;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    LeastPrivilegeOnABrokerTest(@TempDir Path folder) {
        system = new SecuredSystem(folder);
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void theCommandAddsExactlyTheMissingRules() throws IOException {
        assertThat(topics(system.adminSettings(), "access", "--exit-code")).isEqualTo(3);
        assertThat(topics(system.adminSettings(), "access", "--apply")).isZero();
        assertThat(err.toString())
                .contains("added " + system.grants().size() + " of "
                        + system.grants().size());

        assertThat(AccessPlan.between(system.catalogue(), system.admin()))
                .hasValueSatisfying(plan -> assertThat(plan.isEmpty()).isTrue());
        assertThat(topics(system.adminSettings(), "access", "--apply", "--exit-code"))
                .isZero();
        assertThat(err.toString()).endsWith("added 0 of 0 missing rules" + System.lineSeparator());
    }

    @Test
    @Order(2)
    void theWholeDemoRunsWithExactlyTheDerivedRules() throws IOException {
        Map<String, Object> operator = system.settings("operator");
        try (Admin admin = Admin.create(operator)) {
            assertThat(TopicsOnCluster.createMissing(system.catalogue(), admin)).hasSize(11);
        }
        assertThat(ReferenceData.of(system.catalogue(), operator)
                        .apply(AlertRuleYaml.load())
                        .isEmpty())
                .isFalse();
        Verifier verifier = new Verifier(system.catalogue(), system.adminSettings());

        try (PipelineService recording = system.start("recording");
                PipelineService alerting = system.start("alerting")) {
            await().atMost(PATIENCE).until(() -> recording.isReady() && alerting.isReady());
            assertThat(system.tryGateway()).isEmpty();
            verifier.awaitQuiet(
                    system.catalogue().lanes().stream().map(Lane::applicationId).toList(), Mark.BEGINNING, PATIENCE);
            assertThat(system.tryAlertConsumer()).isEmpty();
            assertThat(topics(operator, "access", "--exit-code")).isZero();
            assertThat(topics(operator, "plan", "--exit-code"))
                    .as(out::toString)
                    .isZero();
        }

        Verdict verdict = verifier.verify(Mark.BEGINNING, 6);
        assertThat(new NothingLost(verdict).broken()).isEmpty();
        assertThat(new NothingDuplicated(verdict).broken()).isEmpty();
        assertThat(verdict.recorded())
                .containsEntry(TopicNames.OBSERVATION_RECORDED, 2L)
                .containsEntry(TopicNames.MEDICATION_REQUESTED, 1L)
                .containsEntry(TopicNames.ENCOUNTER_CHANGED, 1L)
                .containsEntry(TopicNames.MEDICATION_CATALOG, 1L);
        assertThat(verdict.rekeyed()).isEqualTo(1);
        assertThat(verdict.rejected()).hasSize(1);
        assertThat(verifier.alerts(Mark.BEGINNING).raised()).isEqualTo(2);
    }

    @ParameterizedTest
    @Order(3)
    @MethodSource("grants")
    void withoutOneRuleTheWorkFails(Grant grant) {
        boolean first = grant.operation() == AclOperation.CREATE;
        system.remove(grant);
        try {
            if (first) {
                system.deleteInternalTopics(grant.role());
            }

            assertThat(system.tryRole(grant.role()))
                    .hasValueSatisfying(refusal -> assertThat(refusal).matches(REFUSED));
        } finally {
            system.putBack(grant);
        }
        if (first) {
            assertThat(system.tryRole(grant.role())).isEmpty();
        }
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"gateway", "recording", "alerting", "alert-consumer"})
    void withAllOfThemBackItWorksAgain(String role) {
        assertThat(system.tryRole(role)).isEmpty();
    }

    /** Those of who works by day and night; the operator's are more than one run of a command needs. */
    static Stream<Grant> grants() {
        List<Grant> all = LeastPrivilege.of(Catalogue.load("development"));
        return all.stream().filter(grant -> !grant.role().equals("operator"));
    }

    private int topics(Map<String, Object> settings, String... arguments) throws IOException {
        return new CommandLine(new TopicsCommand())
                .setExecutionExceptionHandler(new OneLineErrors())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--bootstrap-server",
                                        system.bootstrapServers(),
                                        "--command-config",
                                        system.settingsFile(settings).toString()))
                        .toArray(String[]::new));
    }
}
