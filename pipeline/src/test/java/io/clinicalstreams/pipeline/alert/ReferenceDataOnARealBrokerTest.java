package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceCommand;
import io.clinicalstreams.topics.reference.ReferenceData;
import io.clinicalstreams.topics.reference.ReferencePlan;
import io.clinicalstreams.topics.reference.RuleManifest;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The life cycle of a rule topic: empty, filled, unchanged, changed with another owner's rule present. */
@Tag("broker")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReferenceDataOnARealBrokerTest {

    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");
    private static final String TOPIC = CATALOGUE.topic(TopicNames.ALERT_RULE).fullName();
    private static final List<AlertRule> RULES = AlertRuleYaml.load();

    private static LocalCluster cluster;
    private static Map<String, Object> client;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.builder().start();
        client = Map.of("bootstrap.servers", cluster.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private final ReferenceData data = ReferenceData.of(CATALOGUE, client);

    @Test
    @Order(1)
    void reportsAMissingTopic() {
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(data::present)
                .withMessageContaining("topics apply");
    }

    @Test
    @Order(2)
    void writesAllRulesAndTheManifestOnce() {
        try (Admin admin = Admin.create(client)) {
            assertThat(TopicsOnCluster.createMissing(CATALOGUE, admin)).isNotEmpty();
        }
        assertThat(data.present()).isEmpty();
        ReferencePlan first = data.apply(RULES);
        assertThat(first.puts()).hasSameSizeAs(RULES);
        assertThat(data.present()).hasSize(RULES.size() + 1).containsKey(RuleManifest.keyOf(RuleManifest.CURATED));
        assertThat(data.apply(RULES).isEmpty()).isTrue();
    }

    @Test
    @Order(3)
    void removesItsOwnAndLeavesOthers() throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> other =
                new KafkaProducer<>(new HashMap<>(client), new StringSerializer(), new ByteArraySerializer())) {
            assertThat(other.send(new ProducerRecord<>(TOPIC, "ward-7/own", new byte[] {'x'}))
                            .get())
                    .isNotNull();
        }
        ReferencePlan plan = data.apply(RULES.subList(1, RULES.size()));
        assertThat(plan.tombstones()).containsExactly(RULES.get(0).id());
        assertThat(plan.puts()).isEmpty();
        assertThat(data.present()).hasSize(RULES.size() + 1).containsKey("ward-7/own");
    }

    @Test
    @Order(4)
    void theCommandsSayAndDoTheSame() {
        assertThat(run("plan").code()).isEqualTo(3);
        assertThat(run("apply").code()).as("not a terminal").isEqualTo(2);
        Ran applied = run("apply", "--yes");
        assertThat(applied.code()).isZero();
        assertThat(applied.out())
                .contains(RULES.get(0).id())
                .contains("1 to put, 0 to remove, " + (RULES.size() - 1) + " unchanged");
        assertThat(run("plan").code()).isZero();
        Ran listed = run("list");
        assertThat(listed.code()).isZero();
        assertThat(listed.out())
                .contains("Potassium high")
                .contains(">=6.0, >=6.5 mmol/L")
                .contains("cannot be read");
        assertThat(run("list", "-o", "json").out())
                .contains("\"ward-7/own\" : null")
                .contains("\"version\"");
    }

    @Test
    @Order(5)
    void removesRulesOnlyOnRequest(@TempDir Path folder) throws IOException {
        String rules = Files.readString(
                Path.of(System.getProperty("project.root", ".."), "topics", "reference", "alert-rules.yaml"));
        int second = rules.indexOf("\n  - id:", rules.indexOf("\n  - id:") + 1);
        Files.writeString(folder.resolve("alert-rules.yaml"), rules.substring(0, second + 1));
        String[] cut = {"--rules", folder.toString()};

        assertThat(run("apply", cut).code()).as("not a terminal").isEqualTo(2);
        assertThat(run("plan").code()).as("nothing was done").isZero();

        Ran told = run("apply", cut[0], cut[1], "--yes");
        assertThat(told.code()).isZero();
        assertThat(told.out()).contains("0 to put, " + (RULES.size() - 1) + " to remove, 1 unchanged");
    }

    private record Ran(int code, String out) {}

    private static Ran run(String command, String... more) {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(command, "--bootstrap-server", cluster.bootstrapServers()));
        arguments.addAll(List.of(more));
        int code = CommandKit.of(new CommandLine(new ReferenceCommand()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments.toArray(String[]::new));
        return new Ran(code, out.toString());
    }
}
