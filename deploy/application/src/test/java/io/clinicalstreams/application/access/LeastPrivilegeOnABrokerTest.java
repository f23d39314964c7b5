package io.clinicalstreams.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.access.AccessPlan;
import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.source.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything works with exactly the derived access rules, and something fails without any one of them. The tests build
 * on each other: the first creates what the others need.
 */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeastPrivilegeOnABrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Kafka's exceptions contain it in their name or message. */
    private static final Pattern REFUSED =
            Pattern.compile(".*(Authorization|authorization|Not authorized|does not allow this).*", Pattern.DOTALL);

    /** Watches an analyte that is not in the input. */
    private static final String SILENCE = """
            owner: ward
            rules:
              - id: heart-rate-silent
                kind: silence
                title: No heart rate
                analyte: heart rate
                source: the ward
                max-age: PT1H
                cool-down: PT1H
                codes: [8867-4]
                interval: PT10S
                watched: while-measured
                severity: high
            """;

    /** The brokers' own topic, which no role may look at. */
    private static final String OFFSETS = "__consumer_offsets";

    private final Path folder;
    private final SecuredSystem system;
    private final Operator operator;

    LeastPrivilegeOnABrokerTest(@TempDir Path folder) {
        this.folder = folder;
        system = new SecuredSystem(folder);
        operator = new Operator(system, folder);
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void theCommandAddsExactlyTheMissingRulesAndAsksBefore() {
        assertThat(asAdmin("access", "--exit-code").exitCode()).isEqualTo(3);
        CommandWithLogin unasked = asAdmin("access", "--apply");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("pass --yes to confirm; nothing was done");
        CommandWithLogin apply = asAdmin("access", "--apply", "--yes");
        assertThat(apply.exitCode()).isZero();
        assertThat(apply.err())
                .contains("added " + system.grants().size() + " of "
                        + system.grants().size());

        assertThat(AccessPlan.between(system.catalogue(), system.admin()))
                .hasValueSatisfying(plan -> assertThat(plan.isEmpty()).isTrue());
        CommandWithLogin again = asAdmin("access", "--apply", "--exit-code");
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).isEqualTo("added 0 of 0 missing rules" + System.lineSeparator());
    }

    @Test
    @Order(2)
    void theOperatorCreatesTheTopics() {
        CommandWithLogin apply = operator.type("apply", "--yes");

        assertThat(apply.exitCode()).as(apply::toString).isZero();
        assertThat(apply.out().lines())
                .hasSameSizeAs(system.catalogue().topics())
                .allMatch(line -> line.startsWith("created"));
    }

    /** A topic with the producers' timestamps, and without younger records: an open transaction looks as old as its records. */
    @Test
    @Order(3)
    void aTransactionThatItsCoordinatorMayKnowIsLeftAlone() {
        Map<String, Object> settings = new HashMap<>(system.adminSettings());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "a-live-backfill");
        Topic rules = system.catalogue().topic(TopicNames.ALERT_RULE);
        try (KafkaProducer<byte[], byte[]> live =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            live.initTransactions();
            live.beginTransaction();
            long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
            Future<RecordMetadata> unused =
                    live.send(new ProducerRecord<>(rules.fullName(), 0, anHourAgo, new byte[] {1}, (byte[]) null));
            live.flush();

            assertThat(operator.type("repair", "--yes").refusal())
                    .hasValueSatisfying(refusal -> assertThat(refusal).matches(REFUSED));
            Grant offsets = operator.lookingAt(OFFSETS);
            system.putBack(offsets);
            CommandWithLogin unseen = operator.type("repair", "--yes");
            system.remove(offsets);
            CommandWithLogin seen = asAdmin("repair", "--yes");

            assertThat(unseen.exitCode()).as(unseen::toString).isEqualTo(3);
            assertThat(unseen.out())
                    .contains("left")
                    .contains("its coordinator may know it: this login may not describe every transactional id");
            assertThat(seen.exitCode()).as(seen::toString).isEqualTo(3);
            assertThat(seen.out()).contains("left").contains("its coordinator knows it as a-live-backfill");
            live.abortTransaction();
        }
        assertThat(asAdmin("repair", "--yes").out()).contains("no hanging transactions");
    }

    @Test
    @Order(4)
    void theWholeDemoRunsWithExactlyTheDerivedRules() {
        assertThat(operator.type("reference", "apply", "--yes").exitCode()).isZero();
        Verifier verifier = new Verifier(system.catalogue(), system.settings("verifier"));

        try (PipelineService recording = system.start("recording");
                PipelineService alerting = system.start("alerting")) {
            await().atMost(PATIENCE).until(() -> recording.isReady() && alerting.isReady());
            assertThat(system.tryGateway()).isEmpty();
            verifier.awaitProcessed(Mark.BEGINNING, PATIENCE);
            assertThat(system.tryAlertConsumer()).isEmpty();
            assertThat(operator.type("access", "--exit-code").exitCode()).isZero();
            CommandWithLogin plan = operator.type("plan", "--exit-code");
            assertThat(plan.exitCode()).as(plan::toString).isZero();
            CommandWithLogin check = operator.type("check");
            assertThat(check.exitCode()).as(check::toString).isZero();
        }

        RunVerdict run = verifier.judge(Mark.BEGINNING, 8);
        assertThat(run.broken()).isEmpty();
        Verdict verdict = run.resources();
        assertThat(verdict.recorded())
                .containsEntry(TopicNames.OBSERVATION_RECORDED, 3L)
                .containsEntry(TopicNames.MEDICATION_REQUESTED, 1L)
                .containsEntry(TopicNames.ENCOUNTER_CHANGED, 1L)
                .containsEntry(TopicNames.MEDICATION_CATALOG, 1L);
        assertThat(verdict.rekeyed()).isEqualTo(1);
        assertThat(verdict.rejected()).hasSize(1);
        assertThat(run.alerts().raised()).isEqualTo(2);
    }

    @ParameterizedTest
    @Order(5)
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

    @Test
    @Order(6)
    void withoutTheRuleForTicksALaneRunsAndSaysThatItSendsNone() throws IOException {
        Grant grant = all().filter(LeastPrivilegeOnABrokerTest::isForTicks)
                .findFirst()
                .orElseThrow();
        Path rules = Files.createDirectory(folder.resolve("ward"));
        Files.writeString(rules.resolve("alert-rules.yaml"), SILENCE);
        CommandWithLogin apply = operator.type("reference", "apply", "--rules", rules.toString(), "--yes");
        assertThat(apply.exitCode()).as(apply::toString).isZero();
        system.remove(grant);
        try (Refusals refusals = new Refusals();
                PipelineService alerting = system.start("alerting")) {
            await().atMost(PATIENCE)
                    .until(() -> REFUSED.matcher(refusals.text()).matches());
            assertThat(alerting.failed()).isFalse();
        } finally {
            system.putBack(grant);
            system.forgetMembers("alerting");
        }
    }

    @ParameterizedTest
    @Order(7)
    @ValueSource(strings = {"gateway", "recording", "alerting", "alert-consumer"})
    void withAllOfThemBackItWorksAgain(String role) {
        assertThat(system.tryRole(role)).isEmpty();
    }

    @ParameterizedTest
    @Order(8)
    @MethodSource("grantsOfTheOperator")
    void withoutOneRuleThatVeryWorkOfTheOperatorFails(Grant grant) {
        operator.prepare(grant);
        Optional<Grant> instead = operator.lookingOnly(grant);
        system.remove(grant);
        instead.ifPresent(system::putBack);
        try {
            assertThat(operator.tryFor(grant))
                    .hasValueSatisfying(refusal -> assertThat(refusal).matches(REFUSED));
        } finally {
            system.putBack(grant);
            instead.ifPresent(system::remove);
        }
        assertThat(operator.tryFor(grant)).isEmpty();
    }

    @ParameterizedTest
    @Order(9)
    @ValueSource(strings = {"plan", "apply", "check", "access", "reference plan", "reference apply"})
    void aWrongPasswordIsReportedInOneLine(String command) {
        Map<String, Object> guessed = new HashMap<>(system.settings("operator"));
        guessed.replaceAll((name, value) -> value.toString().replace("secret-of-", "guess-at-"));

        CommandWithLogin typed = CommandWithLogin.as(guessed, system, command.split(" ", -1));

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err().lines())
                .singleElement()
                .asString()
                .startsWith("the cluster does not accept these credentials: ");
        assertThat(typed.out()).isEmpty();
    }

    static Stream<Grant> grants() {
        return all().filter(grant -> !grant.role().equals("operator") && !isForTicks(grant));
    }

    /** A lane's work does not fail without it. */
    private static boolean isForTicks(Grant grant) {
        return grant.role().equals("alerting")
                && grant.operation() == AclOperation.WRITE
                && grant.resource()
                        .name()
                        .equals(CatalogueLoader.load("development")
                                .topic(TopicNames.RESOURCE_RECEIVED)
                                .fullName());
    }

    static Stream<Grant> grantsOfTheOperator() {
        return all().filter(grant -> grant.role().equals("operator"));
    }

    private static Stream<Grant> all() {
        return LeastPrivilege.of(CatalogueLoader.load("development")).stream();
    }

    private CommandWithLogin asAdmin(String... words) {
        return CommandWithLogin.as(system.adminSettings(), system, words);
    }
}
