package io.clinicalstreams.topics.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.command.TopicsCommand;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.CommandKit;
import io.clinicalstreams.topics.terminal.Confirmation;
import io.clinicalstreams.topics.terminal.Confirmation.Answer;
import io.clinicalstreams.topics.terminal.Consent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The output of {@code topics access}, and that it asks before it adds ACLs; the application's tests run it on a real
 * broker.
 */
class AccessCommandTest {

    private final List<Grant> grants = LeastPrivilege.of(CatalogueLoader.load("production"));
    private final FakeAdmin admin = new FakeAdmin(FakeCluster.empty(3)).withRules(List.of());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsEveryRuleAndItsPurpose() {
        assertThat(run("access", "--environment", "production")).isZero();

        assertThat(out.toString().lines()).anySatisfy(line -> assertThat(line)
                .matches("derived +recording +User:clinical-recording +write"
                        + " +transactional id clinical-streams.recording-\\* +commits .*"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsEveryRuleAsJson() throws IOException {
        assertThat(run("access", "-o", "json", "--environment", "staging")).isZero();

        JsonNode rules = JsonMapper.builder().build().readTree(out.toString());
        assertThat(rules).anySatisfy(rule -> {
            assertThat(rule.get("role").asText()).isEqualTo("alert-consumer");
            assertThat(rule.get("principal").asText()).isEqualTo("User:staging-clinical-alert-consumer");
            assertThat(rule.get("operation").asText()).isEqualTo("READ");
            assertThat(rule.get("resourceType").asText()).isEqualTo("GROUP");
            assertThat(rule.get("patternType").asText()).isEqualTo("PREFIXED");
            assertThat(rule.get("resourceName").asText()).isEqualTo("staging.alert-consumer-");
        });
    }

    @Test
    void requiresAClusterToApplyTo() {
        assertThat(run("access", "--apply")).isEqualTo(2);

        assertThat(err.toString()).contains("Missing required option: '--bootstrap-server=HOST:PORT'");
    }

    @Test
    void addsTheMissingRulesOnYesAndShowsThemBefore() {
        assertThat(apply(question -> {
                    assertThat(err.toString())
                            .contains("missing: User:clinical-gateway may write on topic clinical.resource.received");
                    return Answer.YES;
                }))
                .isZero();

        assertThat(admin.rules()).hasSize(grants.size());
        assertThat(err.toString()).contains("added " + grants.size() + " of " + grants.size() + " missing rules");
    }

    @Test
    void addsNothingOnNoOrWithoutATerminal() {
        assertThat(apply(question -> Answer.NO)).isEqualTo(1);
        assertThat(apply(question -> Answer.NO_TERMINAL)).isEqualTo(2);

        assertThat(admin.rules()).isEmpty();
        assertThat(err.toString())
                .contains("declined; nothing was done")
                .contains("not a terminal: pass --yes to confirm; nothing was done");
    }

    @Test
    void doesNotAskWithYes() {
        assertThat(apply(AccessCommandTest::nobodyIsAsked, "--yes")).isZero();

        assertThat(admin.rules()).hasSize(grants.size());
    }

    @Test
    void doesNotAskIfNoRuleIsMissing() {
        admin.withRules(grants.stream().map(Grant::binding).toList());

        assertThat(apply(AccessCommandTest::nobodyIsAsked)).isZero();
    }

    @Test
    void reportsTheRefusedRulesAndThatTheOthersExist() {
        admin.refusing("User:clinical-gateway", new InvalidRequestException("no such principal here"));

        assertThat(apply(question -> Answer.YES)).isEqualTo(1);

        long refused = grants.stream()
                .filter(grant -> grant.principal().equals("User:clinical-gateway"))
                .count();
        assertThat(err.toString())
                .contains(
                        "refused: User:clinical-gateway may write on topic clinical.resource.received: no such principal")
                .contains("added " + (grants.size() - refused) + " of " + grants.size() + " missing rules");
        assertThat(admin.rules()).hasSize((int) (grants.size() - refused));
    }

    @Test
    void whatTheClusterDidNotAnswerIsUnknownAndAskedAgain() {
        long silent = grants.stream()
                .filter(grant -> grant.principal().equals("User:clinical-gateway"))
                .count();
        admin.refusing("User:clinical-gateway", new TimeoutException("no node answered"));

        assertThat(apply(question -> Answer.YES)).isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        "unknown: User:clinical-gateway may write on topic clinical.resource.received: no node answered")
                .contains("added " + (grants.size() - silent) + " of " + grants.size() + " missing rules, " + silent
                        + " unknown ('topics access' shows them)");

        admin.withRules(List.of())
                .before("describeAcls", () -> {})
                .before(
                        "describeAcls",
                        () -> admin.withRules(
                                grants.stream().map(Grant::binding).toList()));
        assertThat(apply(question -> Answer.YES))
                .as("made, though not answered")
                .isZero();
    }

    @Test
    void returnsWhenEveryBrokerKnowsTheRules() {
        admin.withABrokerBehind(3);

        assertThat(apply(question -> Answer.YES)).isZero();

        assertThat(admin.calls())
                .filteredOn("describeMetadataQuorum"::equals)
                .as("once for the log's end, twice in vain, once more")
                .hasSize(4);
    }

    @Test
    void reportsUnderivedRulesWithItsExitCode() {
        List<AclBinding> rules =
                new ArrayList<>(grants.stream().map(Grant::binding).toList());
        rules.add(new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "clinical.resource.received", PatternType.LITERAL),
                new AccessControlEntry("User:clinical-gateway", "*", AclOperation.DELETE, AclPermissionType.DENY)));
        admin.withRules(rules);

        assertThat(apply(AccessCommandTest::nobodyIsAsked)).isZero();
        assertThat(apply(AccessCommandTest::nobodyIsAsked, "--exit-code")).isEqualTo(3);

        assertThat(out.toString())
                .containsPattern("extra +- +User:clinical-gateway +not delete +topic clinical.resource.received ");
    }

    @Test
    void reportsThatThereAreNoRulesWithoutAnAuthorizer() {
        FakeAdmin open = new FakeAdmin(FakeCluster.empty(3));

        int exitCode = execute(
                new AccessCommand(
                        new Consent(AccessCommandTest::nobodyIsAsked), new ClusterOptions(where -> open.admin())),
                "--apply",
                "--bootstrap-server",
                "in-mind:9092");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).startsWith("the cluster has no authorizer");
    }

    @Test
    void acceptsYesOnlyWithApply() {
        assertThat(run("access", "--yes")).isEqualTo(2);

        assertThat(err.toString()).startsWith("--yes requires --apply");
    }

    @Test
    void saysInItsHelpThatYesGoesWithApply() {
        assertThat(run("access", "--help")).isZero();

        assertThat(out.toString()).containsPattern("--yes +With --apply: do not ask");
    }

    private static Answer nobodyIsAsked(String question) {
        throw new AssertionError(question);
    }

    private int apply(Confirmation confirmation, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--apply", "--bootstrap-server", "in-mind:9092", "--environment", "production"));
        arguments.addAll(List.of(more));
        return execute(
                new AccessCommand(new Consent(confirmation), new ClusterOptions(where -> admin.admin())),
                arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return execute(new TopicsCommand(), arguments);
    }

    private int execute(Object command, String... arguments) {
        return CommandKit.of(new CommandLine(command))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
