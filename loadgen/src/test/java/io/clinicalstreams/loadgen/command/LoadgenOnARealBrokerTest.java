package io.clinicalstreams.loadgen.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.loadgen.result.RunSchema;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("broker")
class LoadgenOnARealBrokerTest {

    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");
    private static final Topic RECEIVED = CATALOGUE.topic(TopicNames.RESOURCE_RECEIVED);

    private static Path folder;
    private static LocalCluster cluster;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start(@TempDir Path temporary) {
        folder = temporary;
        cluster = LocalCluster.builder()
                .brokers(1)
                .directory(folder.resolve("cluster"))
                .start();
        cluster.awaitReady(Duration.ofSeconds(60));
        try (Admin admin = Admin.create(settings())) {
            TopicsOnCluster.createMissing(CATALOGUE, admin);
            admin.createTopics(List.of(new NewTopic("capacity-test", 3, (short) 1)));
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void putsEveryRecordOnThePartitionOfItsKey() throws Exception {
        Map<TopicPartition, Long> from = ends();
        int exitCode = execute("run", "--rate", "0", "--records", "3000", "--miskeyed", "0", "-o", "json");
        JsonNode summary = new ObjectMapper().readTree(out.toString());
        List<ConsumerRecord<byte[], byte[]>> arrived = readFrom(from);

        assertThat(exitCode).isZero();
        assertThat(summary.path("acknowledged").asLong()).isEqualTo(3_000);
        assertThat(arrived).hasSize(3_000).allSatisfy(record -> {
            assertThat(record.headers().lastHeader("sent-at")).isNotNull();
            assertThat(record.partition())
                    .isEqualTo(Utils.toPositive(Utils.murmur2(record.key())) % RECEIVED.partitions());
        });
    }

    @Test
    void sendsTheSameBytesAtAnyRateWithAnyNumberOfThreads() {
        List<String> once = bytesOf("--rate", "0");

        assertThat(once).hasSize(1_500);
        assertThat(bytesOf("--rate", "1500", "--threads", "3")).containsExactlyInAnyOrderElementsOf(once);
    }

    /** A record without a key goes to any partition. */
    private List<String> bytesOf(String... options) {
        Map<TopicPartition, Long> from = ends();
        List<String> run =
                List.of("run", "--scenario", "everything", "--start", "2026-03-01T08:00:00Z", "--records", "1500");
        int exitCode = execute(Stream.concat(run.stream(), Stream.of(options)).toArray(String[]::new));
        assertThat(exitCode).as("3 if it fell behind").isIn(0, 3);
        return readFrom(from).stream()
                .map(record -> (record.key() == null
                                ? "any"
                                : record.partition() + HexFormat.of().formatHex(record.key()))
                        + (record.value() == null ? "" : new String(record.value(), StandardCharsets.ISO_8859_1)))
                .toList();
    }

    @Test
    void sendsEveryRecordThatIsDueAndMeasures() throws Exception {
        Map<TopicPartition, Long> from = ends();
        int exitCode = execute("run", "--rate", "200", "--duration", "2s", "--measure", "-o", "json");
        JsonNode summary = new ObjectMapper().readTree(out.toString());
        List<Long> sentAt = readFrom(from).stream()
                .map(record -> record.headers().lastHeader("sent-at").value())
                .map(value -> Long.valueOf(new String(value, StandardCharsets.US_ASCII)))
                .sorted()
                .toList();

        assertThat(exitCode)
                .as("no pipeline runs here, so there is nothing to measure")
                .isEqualTo(3);
        assertThat(summary.path("records").asLong()).isEqualTo(400);
        assertThat(summary.at("/latencyMillis/produce/count").asLong()).isEqualTo(400);
        assertThat(summary.at("/latencyMillis/produce/p50").asDouble()).isPositive();
        assertThat(summary.path("latencyMillis").has("alert")).isTrue();
        assertThat(summary.at("/latencyMillis/alert").isNull()).isTrue();
        assertThat(sentAt).hasSize(400);
        for (int i = 1; i < sentAt.size(); i++) {
            assertThat(sentAt.get(i) - sentAt.get(i - 1)).isEqualTo(5_000);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void sendsToAnyTopicWithItsOwnSettingsAndReadsItBack() throws Exception {
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(List.of(new NewTopic("linger-test", 3, (short) 1)))
                    .all()
                    .get();
        }
        int exitCode = execute(
                "run",
                "--topic",
                "linger-test",
                "--producer-setting",
                "linger.ms=5",
                "--threads",
                "2",
                "--bytes",
                "2000",
                "--rate",
                "200",
                "--warm-up",
                "1s",
                "--duration",
                "2s",
                "--measure",
                "--result",
                folder.resolve("linger.json").toString(),
                "--process",
                "broker=" + cluster.brokers().get(0).pid(),
                "--group",
                "idle-group",
                "-o",
                "json");
        JsonNode summary = new ObjectMapper().readTree(out.toString());
        JsonNode result = result("linger.json");

        assertThat(err.toString().strip()).isEqualTo("--group: no group idle-group has read linger-test");
        assertThat(summary.path("keptSchedule").asBoolean() ? 0 : 3).isEqualTo(exitCode);
        assertThat(summary.path("records").asLong()).isEqualTo(600);
        assertThat(summary.path("warmUpRecords").asLong()).isEqualTo(200);
        assertThat(summary.path("bytes").asLong()).isEqualTo(600 * 2_000);
        assertThat(summary.at("/settings/topic").asText()).isEqualTo("linger-test");
        assertThat(summary.at("/settings/partitions").asInt()).isEqualTo(3);
        assertThat(summary.at("/producerSettings/linger.ms").asInt()).isEqualTo(5);
        assertThat(summary.at("/producerSettings/acks").asText()).isEqualTo("all");
        assertThat(summary.at("/latencyMillis/produce/count").asLong()).isEqualTo(400);
        assertThat(summary.at("/latencyMillis/read/count").asLong()).isEqualTo(400);
        assertThat(result.path("complete").asBoolean()).isTrue();
        assertThat(result.path("summary")).isEqualTo(withoutSettings(summary));
        assertThat(result.path("samples").size()).isBetween(2, 20);
        assertThat(result.at("/summary/processes/loadgen/outMib").asDouble()).isPositive();
        assertThat(result.at("/summary/processes/broker/inMib").asDouble()).isPositive();
        assertThat(result.at("/summary/processes/broker/gcPauseMillis").isNumber())
                .isTrue();
        assertThat(result.at("/summary/lag/idle-group/last").asLong())
                .as("it has read nothing")
                .isBetween(400L, 600L);
        assertThat(result.findPath("logMib").asDouble()).isPositive();
        Map<TopicPartition, Long> beginning = new HashMap<>();
        for (int partition = 0; partition < 3; partition++) {
            beginning.put(new TopicPartition("linger-test", partition), 0L);
        }
        assertOrderOfEachPatient(readFrom(beginning));
    }

    private static JsonNode withoutSettings(JsonNode summary) {
        return ((ObjectNode) summary).deepCopy().without(List.of("settings", "producerSettings"));
    }

    private static JsonNode result(String name) throws IOException {
        String text = Files.readString(folder.resolve(name));
        assertThat(RunSchema.problems(text)).isEmpty();
        return new ObjectMapper().readTree(text);
    }

    @Test
    void keepsThePartThatItMeasuredWhenTheBrokerDies() throws Exception {
        CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> execute(
                "run",
                "--rate",
                "200",
                "--duration",
                "5m",
                "--producer-setting",
                "request.timeout.ms=1000",
                "--producer-setting",
                "delivery.timeout.ms=1500",
                "--producer-setting",
                "max.block.ms=1500",
                "--result",
                folder.resolve("broker-died.json").toString()));
        Broker broker = cluster.brokers().get(0);
        Map<TopicPartition, Long> from = ends();
        await().atMost(Duration.ofSeconds(30)).until(() -> sum(ends()) >= sum(from) + 200);
        broker.kill();
        try {
            assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(1);
            JsonNode result = result("broker-died.json");
            assertThat(result.path("complete").asBoolean()).isFalse();
            assertThat(result.path("incompleteBecause").asText())
                    .contains("clinical.resource.received was not confirmed, TimeoutException");
            assertThat(result.at("/summary/acknowledged").asLong()).isGreaterThanOrEqualTo(200);
            assertThat(result.path("samples")).isNotEmpty();
        } finally {
            broker.start();
            cluster.awaitReady(Duration.ofSeconds(60));
        }
    }

    @Test
    void findsTheCapacityOfATopicUpToTheHighestRate() throws Exception {
        int exitCode = execute(
                "capacity",
                "--topic",
                "capacity-test",
                "--from",
                "150",
                "--most",
                "300",
                "--warm-up",
                "1s",
                "--duration",
                "1s",
                "--repeats",
                "1",
                "--p99",
                "read=10s",
                "--result",
                folder.resolve("capacity.json").toString(),
                "-o",
                "json");
        JsonNode found = new ObjectMapper().readTree(out.toString());

        assertThat(exitCode).as(() -> "" + err).isZero();
        assertThat(found.path("holds").asDouble()).isEqualTo(300);
        assertThat(found.path("fails").isNull()).isTrue();
        assertThat(found.path("attempts")).hasSize(2);
        assertThat(result("capacity-01-150.json")
                        .at("/summary/latencyMillis/read/count")
                        .asLong())
                .isEqualTo(150);
        assertThat(result("capacity-02-300.json").at("/settings/seed"))
                .as("not the same resources again")
                .isNotEqualTo(result("capacity-01-150.json").at("/settings/seed"));
    }

    /** Times never decrease within a patient's series, and the sender keeps that order. */
    private static void assertOrderOfEachPatient(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Long> last = new HashMap<>();
        assertThat(records).hasSize(600);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.headers().lastHeader("sent-at") != null) {
                String patient = new String(record.key(), StandardCharsets.UTF_8);
                long sentAt = Long.parseLong(
                        new String(record.headers().lastHeader("sent-at").value(), StandardCharsets.US_ASCII));
                assertThat(sentAt).isGreaterThan(last.getOrDefault(patient, 0L));
                last.put(patient, sentAt);
            }
        }
    }

    @Test
    void reportsAMistypedTopicAtOnce() {
        int exitCode = execute("run", "--topic", "linger-tset");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("topics are missing: linger-tset; ").hasLineCount(1);
    }

    @Test
    void refusesRecordsThatAreTooLargeAndSendsTheRest(@TempDir Path inputs) throws Exception {
        Path file = inputs.resolve("input.ndjson");
        String large = "{\"resourceType\":\"Observation\",\"note\":\"" + "x".repeat(5_000_000) + "\"}";
        Files.writeString(file, large + "\n{\"resourceType\":\"Observation\"}\n");
        Map<TopicPartition, Long> from = ends();
        int exitCode = execute("replay", "--input", file.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(readFrom(from)).hasSize(1);
        assertThat(err.toString())
                .contains("record 1 was not sent: it has 50001")
                .contains("max.request.size")
                .doesNotContain("xxx");
    }

    @Test
    void printsItsSummaryWhenASignalStopsIt() throws Exception {
        Map<TopicPartition, Long> from = ends();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadgenCommand.class.getName(),
                        "run",
                        "--rate",
                        "100",
                        "--duration",
                        "5m",
                        "--result",
                        folder.resolve("stopped.json").toString(),
                        "-o",
                        "json",
                        "--bootstrap-server",
                        cluster.bootstrapServers())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> sum(ends()) >= sum(from) + 50);
            // Process.destroy would also close the output that we want to read.
            assertThat(process.toHandle().destroy()).isTrue();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("128 and SIGTERM").isEqualTo(143);
            JsonNode summary = new ObjectMapper().readTree(process.getInputStream());
            assertThat(summary.path("acknowledged").asLong()).isEqualTo(sum(ends()) - sum(from));
            assertThat(summary.path("records").asLong())
                    .isEqualTo(summary.path("acknowledged").asLong());
            assertThat(result("stopped.json").path("incompleteBecause").asText())
                    .isEqualTo("a signal stopped the run");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void reportsAMissingTopic() throws Exception {
        // Staging requires SASL_SSL, but this broker uses plaintext.
        Path open = Files.writeString(folder.resolve("open.properties"), "security.protocol=PLAINTEXT\n");
        int exitCode = execute("run", "--environment", "staging", "--command-config", open.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "topics are missing: staging.clinical.resource.received; create them with 'topics apply -e staging")
                .hasLineCount(1);
    }

    private int execute(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-server", cluster.bootstrapServers()));
        CommandLine command = CommandKit.of(new CommandLine(new LoadgenCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    private static Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer));
        }
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(offset -> offset).sum();
    }

    private static List<ConsumerRecord<byte[], byte[]>> readFrom(Map<TopicPartition, Long> from) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(RECEIVED.fullName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(cluster.adminSettings());
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        return settings;
    }
}
