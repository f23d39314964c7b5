package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is absent is said in one line, the same in every command, within 15 seconds. */
@Tag("broker") // not in mvn test, because it waits for what is not there
class AbsenceTest {

    private static final String PIPELINE = "pipeline run --http-port 0 --instance-id ward-1";

    private static final Duration WITHIN = Duration.ofSeconds(15);

    /** Nine commands at a time, on two cores. */
    private static final long TOGETHER_SECONDS = 60;

    private static final List<String> COMMANDS = List.of(
            "topics plan",
            "topics apply --yes",
            "topics check",
            "topics repair --dry-run",
            "topics repair --yes",
            "topics access",
            "topics access --apply --yes",
            "topics reference plan",
            "topics reference list",
            "topics reference apply --yes",
            "loadgen run --duration 1s",
            "loadgen run --duration 1s --measure",
            "alerts tail",
            "alerts explain x",
            "verify --from-beginning",
            "verify mark",
            "demo",
            "bench",
            "bench --latency",
            PIPELINE);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(9);

    @AfterEach
    void stop() {
        threads.shutdown();
    }

    @Test
    void aClusterThatCannotBeReached() throws IOException {
        int closed;
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = port.getLocalPort();
        }

        everyCommand("127.0.0.1:" + closed, List.of(), 1, COMMANDS).forEach((command, line) -> assertThat(line)
                .as(command)
                .startsWith("the cluster cannot be reached at 127.0.0.1:" + closed
                        + ", or its listener uses another security.protocol: "));
        assertTimeout(WITHIN, () -> everyCommand("127.0.0.1:" + closed, List.of(), 1, List.of(PIPELINE)));
    }

    @Test
    void brokersThatAdvertiseANameThatNobodyKnows() throws IOException {
        try (AdvertisingBroker broker = new AdvertisingBroker("kafka.invalid", 9092)) {
            everyCommand(broker.address(), List.of(), 1, COMMANDS).forEach((command, line) -> assertThat(line)
                    .as(command)
                    .startsWith("the cluster answers at " + broker.address()
                            + ", but its brokers cannot be reached under the names that they advertise:"
                            + " kafka.invalid:9092 (unknown host)."));
        }
    }

    @Test
    void filesAndFoldersAreNamedWithTheReason() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path latin = Files.writeString(folder.resolve("latin"), "http-port: 1 # \u00e4", StandardCharsets.ISO_8859_1);
        Path marked = Files.writeString(folder.resolve("marked"), "\uFEFFsecurity.protocol=SASL_PLAINTEXT\n");
        String absent = folder.resolve("absent").toString();
        Map<String, String> lines = Map.of(
                "pipeline run --instance-id a --http-port 0 --bootstrap-server 127.0.0.1:1 --state-dir " + file,
                "cannot use the state directory " + file + "/a: not a directory",
                "pipeline run --bootstrap-server 127.0.0.1:1 --config " + latin,
                latin + ": is not UTF-8 text",
                "pipeline run --bootstrap-server 127.0.0.1:1 --config " + absent,
                absent + ": does not exist",
                "pipeline run --bootstrap-server 127.0.0.1:1 --command-config " + absent,
                "--command-config: " + absent + " does not exist; see 'clinical-streams pipeline run --help'",
                "topics plan --bootstrap-server 127.0.0.1:1 --command-config " + latin,
                "--command-config: " + latin + " is not UTF-8 text; see 'clinical-streams topics plan --help'",
                "topics plan --bootstrap-server 127.0.0.1:1 --command-config " + marked,
                marked + " has SASL_PLAINTEXT with GSSAPI: it requires credentials, sasl.jaas.config");
        lines.forEach((command, line) -> assertThat(
                        CommandResult.by(List.of(command.split(" ", -1))).err().lines())
                .as(command)
                .containsExactly(line));
    }

    @Test
    void aBootstrapHostThatNobodyKnows() {
        everyCommand("kafka.invalid:9092", List.of(), 2, COMMANDS).forEach((command, line) -> assertThat(line)
                .as(command)
                .isEqualTo("--bootstrap-server: unknown host in kafka.invalid:9092"));
    }

    @Test
    void aCatalogueWithoutTheTopicOrLaneThatACommandNeeds() throws IOException {
        List<String> shop = List.of("--catalogue", shop().toString());
        try (AdvertisingBroker broker = new AdvertisingBroker("127.0.0.1", 0)) {
            everyCommand(
                            broker.address(),
                            shop,
                            2,
                            List.of(
                                    "topics reference plan",
                                    "topics reference list",
                                    "alerts tail",
                                    "verify --from-beginning",
                                    "verify mark",
                                    PIPELINE))
                    .forEach((command, line) ->
                            assertThat(line).as(command).matches("no (topic|lane) '[a-z.]+' in the catalogue.*"));
        }
    }

    /** The one line of each, by command. Together, because each waits for a while. */
    private Map<String, String> everyCommand(String address, List<String> more, int exitCode, List<String> commands) {
        List<CompletableFuture<CommandResult>> results = commands.stream()
                .map(command -> {
                    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
                    words.addAll(List.of("--bootstrap-server", address));
                    words.addAll(more);
                    if (command.startsWith("pipeline")) {
                        words.addAll(
                                List.of("--state-dir", folder.resolve("state").toString()));
                    }
                    return CompletableFuture.supplyAsync(() -> CommandResult.by(words), threads)
                            .orTimeout(TOGETHER_SECONDS, TimeUnit.SECONDS);
                })
                .toList();
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            CommandResult result = results.get(i).join();
            String command = commands.get(i);
            assertThat(result.exitCode()).as(command + ": " + result.err()).isEqualTo(exitCode);
            assertThat(result.err().lines()).as(command).hasSize(1);
            lines.put(command, result.err().strip());
        }
        return lines;
    }

    /** A catalogue that was copied as a template and has other topics. */
    private Path shop() throws IOException {
        Path shop = folder.resolve("shop");
        write(shop.resolve("catalogue/shop.order.placed.yaml"), """
                name: shop.order.placed
                goal: Orders.
                profile: orders
                key: the order
                value: JSON
                keyed-order: true
                partitions: 1
                """);
        write(shop.resolve("profiles/orders.yaml"), """
                name: orders
                goal: Orders.
                objectives:
                  maximum-lag: PT1S
                topic:
                  max.message.bytes: {value: 1000000, why: Small., evidence: pending}
                producer:
                  max.request.size: {value: 900000, why: Smaller., evidence: pending}
                """);
        write(shop.resolve("environments/development.yaml"), """
                name: development
                goal: A laptop.
                brokers: 1
                replication: 1
                min-insync-replicas: 1
                standby-replicas: 0
                security: {protocol: PLAINTEXT}
                """);
        return shop;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
