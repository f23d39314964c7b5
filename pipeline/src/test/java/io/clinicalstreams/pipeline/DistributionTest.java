package io.clinicalstreams.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceData;
import io.clinicalstreams.topics.reference.ReferencePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the archive that the build packages elsewhere: it runs lanes without the repository. */
@Tag("broker")
class DistributionTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("health and metrics on [\\d.]+:(\\d+)");
    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");

    /** The script in a process with a known id that ends with this JVM, in whatever way that ends. */
    private static final String TIED = """
            exec 3<&0
            "$@" &
            service=$!
            echo $service
            { cat >/dev/null; kill -KILL $service; } <&3 2>/dev/null &
            wait $service
            """;

    private static LocalCluster cluster;
    private static Path home;
    private static Path link;

    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpackAndStart(@TempDir Path elsewhere) throws Exception {
        Path archive;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString())
                .directory(elsewhere.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        home = elsewhere.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
        link = Files.createSymbolicLink(elsewhere.resolve("link"), home.resolve("bin/pipeline"));
        cluster = LocalCluster.builder().start();
        Map<String, Object> client = Map.of("bootstrap.servers", cluster.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            assertThat(TopicsOnCluster.createMissing(CATALOGUE, admin)).isNotEmpty();
        }
        ReferencePlan unused = ReferenceData.of(CATALOGUE, client).apply(AlertRuleYaml.load());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void holdsTheServiceAndNeitherBrokerNorGenerator() throws IOException {
        assertThat(List.of("LICENSE", "README.md", "config/pipeline.yaml", "bin/pipeline"))
                .allSatisfy(file -> assertThat(home.resolve(file)).isRegularFile());
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            assertThat(libraries.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("pipeline-"))
                    .noneMatch(
                            name -> name.matches(
                                    "(kafka_2|kafka-server|kafka-metadata|scala-|hapi-|org\\.hl7|loadgen|cluster|rocksdbjni|junit).*"));
        }
    }

    /** Started through a link, stopped by SIGTERM, and started again on the same state with the included catalogue. */
    @Test
    void runsBothLanesWithoutAWarningAndStopsOnRequest() throws Exception {
        startProcessAndStop("Patient/first-start");
        startProcessAndStop(
                "Patient/second-start", "--catalogue", home.resolve("catalogue").toString());
    }

    private void startProcessAndStop(String patient, String... options) throws Exception {
        Path log = Files.createTempFile(folder, "pipeline", ".log");
        ProcessHandle service = start(log, options);
        await().atMost(SOON).until(() -> body(log, "/health/ready").startsWith("200") || !process.isAlive());
        assertThat(body(log, "/health/ready"))
                .as(() -> read(log))
                .contains("\"recording\",\"state\":\"RUNNING\"", "\"alerting\",\"state\":\"RUNNING\"");

        send(patient);
        await().atMost(SOON).until(() -> recorded().contains(patient));

        assertThat(service.destroy()).isTrue();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
        assertThat(read(log)).contains("\"INFO\"").doesNotContain("\"WARN\"").doesNotContain("\"ERROR\"");
    }

    private ProcessHandle start(Path log, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                TIED,
                "tied",
                link.toString(),
                "run",
                "--config",
                home.resolve("config/pipeline.yaml").toString(),
                "--bootstrap-server",
                cluster.bootstrapServers(),
                "--environment",
                CATALOGUE.environment(),
                "--instance-id",
                "ward-1",
                "--state-dir",
                folder.resolve("state").toString(),
                "--http-port",
                "0"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        builder.environment().remove("CLASSPATH");
        builder.redirectError(log.toFile());
        process = builder.start();
        String id = process.inputReader().readLine();
        return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    }

    /** Status and text; empty while there is no response. */
    private String body(Path log, String path) {
        Matcher port = PORT.matcher(read(log));
        if (!port.find()) {
            return "";
        }
        URI uri = URI.create("http://localhost:" + port.group(1) + path);
        try {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException noAnswer) {
            return "";
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void send(String patient) throws Exception {
        String observation = """
                {"resourceType":"Observation","id":"k","status":"final",
                 "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},
                 "subject":{"reference":"%s"},"effectiveDateTime":"2026-11-27T08:00:00Z",
                 "valueQuantity":{"value":4.2,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}
                """.formatted(patient);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            assertThat(producer.send(new ProducerRecord<>(
                                    CATALOGUE
                                            .topic(TopicNames.RESOURCE_RECEIVED)
                                            .fullName(),
                                    patient,
                                    observation))
                            .get())
                    .isNotNull();
        }
    }

    /** The keys of all recorded records. */
    private static List<String> recorded() {
        Topic topic = CATALOGUE.topic(TopicNames.OBSERVATION_RECORDED);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                    .mapToObj(each -> new TopicPartition(topic.fullName(), each))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<String> keys = new ArrayList<>();
            consumer.poll(Duration.ofSeconds(2)).forEach(record -> keys.add(record.key()));
            return keys;
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
