package io.clinicalstreams.topics.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The output and exit codes of {@code topics}. */
class TopicsCommandTest {

    private static final int TOPICS =
            CatalogueLoader.load("production").topics().size();

    private final Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    TopicsCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void listsEachTopicInALineOfATable() {
        assertThat(run("list", "--environment", "production")).isZero();

        assertThat(out.toString().lines()).hasSize(1 + TOPICS).anySatisfy(line -> assertThat(line)
                .matches("clinical\\.alert\\.generated +latency +16 +3 +delete +1 day +Each transition .*"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsTopicsAsJson() throws IOException {
        assertThat(run("list", "-o", "json", "--environment", "staging")).isZero();

        JsonNode topics = JsonMapper.builder().build().readTree(out.toString());
        assertThat(topics).hasSize(TOPICS);
        assertThat(topics).anySatisfy(topic -> {
            assertThat(topic.get("name").asText()).isEqualTo("clinical.resource.rejected");
            assertThat(topic.get("fullName").asText()).isEqualTo("staging.clinical.resource.rejected");
            assertThat(topic.get("partitions").asInt()).isEqualTo(6);
            assertThat(topic.get("settings").get("cleanup.policy").asText()).isEqualTo("delete");
        });
    }

    @Test
    void refusesAnOutputItDoesNotKnow() {
        assertThat(run("list", "-o", "xml")).isEqualTo(2);

        assertThat(err.toString()).contains("'--output': expected one of table, json but was 'xml'");
    }

    @Test
    void refusesAnEnvironmentThatIsNotThereInOneLine() {
        assertThat(run("list", "--environment", "qa")).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "environments/qa.yaml: no such environment; known are development, production, staging");
    }

    @Test
    void refusesAMissingCatalogue() {
        assertThat(run("list", "--catalogue", folder.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("profiles: no such folder in " + folder);
    }

    @Test
    void requiresAClusterToApplyTo() {
        assertThat(run("apply")).isEqualTo(2);

        assertThat(err.toString()).contains("Missing required option: '--bootstrap-server=HOST:PORT'");
    }

    @Test
    void refusesAMissingCommandConfig() {
        assertThat(run("apply", "--bootstrap-server", "localhost:1", "--command-config", "nowhere.properties"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--command-config: nowhere.properties does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "access", "reference plan"})
    void refusesAnAddressThatIsEmpty(String command) {
        assertThat(run((command + " --bootstrap-server=").split(" ", -1))).isEqualTo(2);

        assertThat(err.toString()).startsWith("--bootstrap-server: expected HOST:PORT, was ''");
    }

    @Test
    void namesTheUnknownHost() {
        assertThat(run("plan", "--bootstrap-server", "ward.invalid:9092")).isEqualTo(2);

        assertThat(err.toString().lines()).containsExactly("--bootstrap-server: unknown host in ward.invalid:9092");
    }

    @Test
    void reportsAMalformedLoginWithoutShowingIt() throws IOException {
        Path malformed = Files.writeString(
                folder.resolve("malformed.properties"), "security.protocol=SASL_SSL\nsasl.jaas.config=x.Y secretpw;\n");

        assertThat(run(with(malformed, "plan"))).isEqualTo(2);

        assertThat(err.toString().lines()).containsExactly("sasl.jaas.config in " + malformed + " is malformed");
    }

    @Test
    void warnsOnceOfANameThatNoClientKnows() throws IOException {
        Path typo = Files.writeString(
                folder.resolve("typo.properties"),
                "securty.protocol=SASL_SSL\nplug.in.of.mine=1\nacks=all\ngroup.id=g\nmetrics.context.ward=1\n"
                        + "default.api.timeout.ms=300\nrequest.timeout.ms=200\n");

        assertThat(run(with(typo, "plan"))).isEqualTo(1);

        assertThat(err.toString().lines())
                .hasSize(3)
                .startsWith(
                        typo + ": unknown to Kafka's clients: 'plug.in.of.mine'",
                        typo + ": unknown to Kafka's clients: 'securty.protocol'; did you mean security.protocol?");
    }

    @Test
    void refusesAnInvalidAddress() {
        assertThat(run("apply", "--bootstrap-server", "localhost")).isEqualTo(2);

        assertThat(err.toString()).contains("Invalid url in bootstrap.servers: localhost");
    }

    @Test
    void refusesAnInvalidAddressForReferenceDataToo() {
        assertThat(run("reference", "plan", "--bootstrap-server", "localhost")).isEqualTo(2);

        assertThat(err.toString()).contains("Invalid url in bootstrap.servers: localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "check", "apply", "access", "reference plan", "reference apply"})
    void namesTheFileThatNoClientCanBeOpenedWithAndTheReason(String command) throws IOException {
        Path withoutLogin = Files.writeString(
                folder.resolve("without-login.properties"),
                "security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n");
        Path withoutStore = Files.writeString(
                folder.resolve("without-store.properties"),
                "security.protocol=SSL\nssl.truststore.location=/nowhere/ca.jks\n");

        assertThat(run(with(withoutLogin, command))).isEqualTo(2);
        assertThat(run(with(withoutStore, command))).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        withoutLogin + " has SASL_SSL with SCRAM-SHA-512: it requires credentials, sasl.jaas.config\n")
                .containsPattern("--command-config: " + withoutStore + ": .*NoSuchFileException: /nowhere/ca.jks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plan", "check", "apply --yes", "access", "reference plan", "reference apply", "reference list"})
    void requiresTheCredentialsThatTheEnvironmentDemands(String command) {
        String all = command + " --environment production --bootstrap-server localhost:1";

        assertThat(run(all.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "environments/production.yaml requires SASL_SSL with SCRAM-SHA-512: give the credentials "
                                + "with --command-config FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "check", "apply --yes", "access", "reference plan"})
    void usesPlaintextIfTheFileSaysSoRegardlessOfTheEnvironment(String command) throws IOException {
        Path open = Files.writeString(
                folder.resolve("open.properties"),
                "security.protocol=PLAINTEXT\ndefault.api.timeout.ms=300\nrequest.timeout.ms=200\n");

        assertThat(run(with(open, command + " --environment production"))).isEqualTo(1);

        assertThat(err.toString()).startsWith("the cluster cannot be reached");
    }

    private static String[] with(Path commandConfig, String command) {
        String all = command + " --bootstrap-server localhost:1 --command-config " + commandConfig;
        return all.split(" ", -1);
    }

    @Test
    void reportsAnUnreachableClusterInOneLine() throws IOException {
        Path impatient = Files.writeString(
                folder.resolve("impatient.properties"), "default.api.timeout.ms=300\nrequest.timeout.ms=200\n");

        assertThat(run("apply", "--bootstrap-server", "localhost:1", "--command-config", impatient.toString()))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line)
                                .startsWith(
                                        "the cluster cannot be reached at localhost:1, or its listener uses another security.protocol: "));
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        return CommandKit.of(new CommandLine(new TopicsCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
