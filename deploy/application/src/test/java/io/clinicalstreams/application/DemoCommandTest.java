package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.loadgen.result.ResultJson;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("broker")
class DemoCommandTest {

    private static final List<String> REPORTED = List.of(
            "sent",
            "recorded",
            "rejected",
            "ignored",
            "rekeyed",
            "lost",
            "duplicated",
            "notEvaluated",
            "alerts",
            "latencyMillis",
            "generatorLateMillis",
            "seconds");

    private static final String OBSERVATION = "{\"resourceType\":\"Observation\",\"id\":\"o%d\",\"status\":\"final\","
            + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]},"
            + "\"subject\":{\"reference\":\"Patient/p%d\"},\"effectiveDateTime\":\"2020-01-0%dT10:00:00Z\","
            + "\"valueQuantity\":{\"value\":72,\"system\":\"http://unitsofmeasure.org\",\"code\":\"/min\"}}%n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void judgesOnlyItsOwnInputOnASecuredClusterThatIsUsedAgain() throws Exception {
        try (LocalCluster cluster = LocalCluster.builder()
                .secured(Map.of("nobody", "may-do-nothing"))
                .directory(folder.resolve("cluster"))
                .start()) {
            List<String> secured = List.of(
                    "--bootstrap-server",
                    cluster.bootstrapServers(),
                    "--command-config",
                    properties(cluster.adminSettings()).toString());
            Path first = folder.resolve("first.json");
            Path second = folder.resolve("second.json");

            Path result = folder.resolve("result.json");

            int generated = demo(
                    secured,
                    "--warm-up",
                    "1s",
                    "--duration",
                    "4s",
                    "--rate",
                    "200",
                    "--report",
                    first.toString(),
                    "--result",
                    result.toString());
            int replayed = demo(secured, "--input", observations().toString(), "--report", second.toString());
            int verified = run("verify", secured, "--from-beginning");
            leaveAloneForAWeek(cluster);
            int muchLater = demo(secured, "--input", observations().toString());

            assertThat(generated).as(() -> "" + err + out).isZero();
            assertThat(replayed).as(() -> "" + err + out).isZero();
            assertThat(verified).as(() -> "" + err + out).isZero();
            assertThat(muchLater).as(() -> "" + err + out).isZero();
            JsonNode report = new ObjectMapper().readTree(first.toFile());
            assertThat(report.fieldNames()).toIterable().containsExactlyElementsOf(REPORTED);
            assertThat(report.path("sent").longValue())
                    .as("the warm-up is verified too")
                    .isGreaterThanOrEqualTo(1_000)
                    .isEqualTo(sum(report.path("recorded"))
                            + sum(report.path("rejected"))
                            + sum(report.path("ignored"))
                            + report.path("lost").longValue());
            assertThat(report.at("/alerts/raised").longValue()).isPositive();
            assertThat(out.toString()).contains("including 200 warm-up records", "health", "GC pauses");
            String password =
                    cluster.adminSettings().get("sasl.jaas.config").replaceAll(".*password=\"([^\"]*)\".*", "$1");
            assertThat(Files.readString(result)).contains("[hidden]").doesNotContain(password, "Patient/");
            RunResult run = ResultJson.read(Files.readString(result), RunResult.class);
            assertThat(run.complete()).isTrue();
            assertThat(run.verdict()).containsEntry("lost", 0L);
            assertThat(run.laneSettings()).containsOnlyKeys("recording", "alerting");
            assertThat(run.summary().lag()).hasSize(2);
            assertThat(run.summary().latencyMillis().get("alert")).isNotNull();
            JsonNode replay = new ObjectMapper().readTree(second.toFile());
            assertThat(replay.path("sent").longValue()).isEqualTo(3);
            assertThat(replay.at("/recorded/clinical.observation.recorded").longValue())
                    .isEqualTo(3);
        }
    }

    @Test
    void refusesSettingsThatItWouldIgnore() {
        assertThat(demo(List.of(), "--input", folder.toString(), "--duration", "3s"))
                .isEqualTo(2);
        assertThat(demo(List.of(), "--input", folder.toString(), "--warm-up", "3s"))
                .isEqualTo(2);
        assertThat(demo(List.of(), "--brokers", "3", "--bootstrap-server", "localhost:1"))
                .isEqualTo(2);
        assertThat(demo(List.of(), "--input", folder.resolve("absent").toString()))
                .isEqualTo(2);
        assertThat(demo(List.of(), "--input", folder.toString()))
                .as("a folder with nothing in it")
                .isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--duration", "--brokers", "absent", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Starting 1 Kafka broker", "sent "})
    void leavesNothingBehindWhenItIsInterruptedAtTheTerminal(String once) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "needs setsid to make a terminal's process group");
        assumeTrue(Interrupts.reachThisProcess(), "this process was started with SIGINT ignored");
        Path log = folder.resolve("demo.log");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process demo = demoInAGroupOfItsOwn(temporary, log);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(log).contains(once));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> demo.descendants().count() > 0);
            List<ProcessHandle> brokers = demo.descendants().toList();

            // As a terminal does: to every process of the group.
            new ProcessBuilder("kill", "-INT", "--", "-" + demo.pid()).start().waitFor();

            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(demo.exitValue()).isNotZero();
            assertThat(Files.readString(log)).contains("Interrupted: no verdict.");
            await().atMost(Duration.ofSeconds(60)).until(() -> brokers.stream().noneMatch(ProcessHandle::isAlive));
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left.filter(path -> path.getFileName().toString().startsWith("clinical-streams")))
                        .isEmpty();
            }
        } finally {
            demo.destroyForcibly();
        }
    }

    /** What brokers do meanwhile: expire input and the offsets of groups without members. */
    private static void leaveAloneForAWeek(LocalCluster cluster) throws Exception {
        Catalogue catalogue = CatalogueLoader.load("development");
        Map<String, Object> client = new HashMap<>(cluster.adminSettings());
        client.put("bootstrap.servers", cluster.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            Map<TopicPartition, RecordsToDelete> input = new HashMap<>();
            for (String name : List.of(TopicNames.RESOURCE_RECEIVED, TopicNames.RESOURCE_REKEYED)) {
                Topic topic = catalogue.topic(name);
                for (int partition = 0; partition < topic.partitions(); partition++) {
                    input.put(new TopicPartition(topic.fullName(), partition), RecordsToDelete.beforeOffset(-1));
                }
            }
            admin.deleteRecords(input).all().get();
            admin.deleteConsumerGroups(
                            catalogue.lanes().stream().map(Lane::applicationId).toList())
                    .all()
                    .get();
        }
    }

    private int demo(List<String> cluster, String... options) {
        return run("demo", cluster, options);
    }

    private int run(String command, List<String> cluster, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(cluster);
        arguments.addAll(List.of(options));
        return ClinicalStreams.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private Process demoInAGroupOfItsOwn(Path temporary, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "/usr/bin/setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                PipelineChild.class.getName(),
                "demo",
                "--duration",
                "5m",
                "--rate",
                "50");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        return builder.start();
    }

    private Path properties(Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve("client.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    private Path observations() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int each = 1; each <= 3; each++) {
            lines.append(OBSERVATION.formatted(each, each, each));
        }
        return Files.writeString(folder.resolve("observations.ndjson"), lines);
    }

    private static long sum(JsonNode counts) {
        long sum = 0;
        for (JsonNode count : counts) {
            sum += count.longValue();
        }
        return sum;
    }
}
