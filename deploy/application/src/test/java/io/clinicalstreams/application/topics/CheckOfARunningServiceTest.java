package io.clinicalstreams.application.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.application.CommandResult;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that need running lanes: their internal topics, their lag, and their clients' actual settings. */
@Tag("broker")
class CheckOfARunningServiceTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void holdsWhileItRunsAsConfiguredAndNamesDifferences() throws Exception {
        try (LocalCluster cluster = LocalCluster.builder().start()) {
            Terminal terminal = Terminal.with(folder.resolve("copy"), "running", 1, cluster.bootstrapServers(), "");
            assertThat(terminal.topics("apply", "--yes").exitCode()).isZero();
            assertThat(terminal.topics("reference", "apply", "--yes").exitCode())
                    .isZero();

            try (PipelineService service = start(terminal, Map.of())) {
                await().atMost(SOON).until(service::isReady);
                CommandResult check = check(terminal, service);
                assertThat(check.exitCode()).as(check.out()).isZero();
                assertThat(List.of("internal-topics", "lag", "clients"))
                        .allSatisfy(name -> assertThat(result(check, name)).isEqualTo("held"));
            }
            try (PipelineService service = start(terminal, Map.of("producer.linger.ms", "77"))) {
                await().atMost(SOON).until(service::isReady);
                CommandResult check = check(terminal, service);
                assertThat(check.exitCode()).isEqualTo(3);
                assertThat(result(check, "clients")).isEqualTo("not held");
                assertThat(check.out()).contains("lane alerting: producer.linger.ms is 77, the catalogue says 0");
            }
            send(terminal);
            await().atMost(SOON).until(() -> result(terminal.topics("check", "-o", "json"), "lag")
                    .equals("not held"));
            assertThat(terminal.topics("check", "--clients", "http://localhost:1")
                            .out())
                    .contains("clients")
                    .contains("http://localhost:1: ");
        }
    }

    private static void send(Terminal terminal) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", terminal.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(terminal.fullName(TopicNames.RESOURCE_RECEIVED), new byte[] {'{'}))
                    .get();
        }
    }

    private PipelineService start(Terminal terminal, Map<String, String> kafka) throws InterruptedException {
        return PipelineService.start(new PipelineConfig(
                terminal.bootstrapServers(),
                terminal.environment(),
                terminal.folder(),
                Set.of("recording", "alerting"),
                "one",
                folder.resolve("state"),
                "127.0.0.1",
                0,
                false,
                Duration.ofHours(1),
                1_000,
                1,
                Duration.ofMinutes(1),
                5,
                Duration.ofSeconds(8),
                false,
                kafka));
    }

    private static CommandResult check(Terminal terminal, PipelineService service) {
        return terminal.topics("check", "-o", "json", "--clients", "http://localhost:" + service.httpPort());
    }

    private static String result(CommandResult check, String name) {
        for (JsonNode each : check.json().get("checks")) {
            if (each.get("check").asText().equals(name)) {
                return each.get("result").asText();
            }
        }
        throw new AssertionError("no check " + name + " in " + check.out());
    }
}
