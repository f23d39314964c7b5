package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.application.faults.LoadedAgent;
import io.clinicalstreams.loadgen.send.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault in a lane's consumer, producer, serializers or store, whose message has a patient's name: nothing that the
 * process writes has the name, and no input is lost.
 */
@OnOneBroker
class NothingLeaksFromClientsTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final AtomicInteger sent = new AtomicInteger();

    @TempDir
    private Path folder;

    @Test
    void theLogNamesTheFailureAndNothingNamesThePatient(TestSystem system) throws Exception {
        system.applyReferenceData();
        Path settings = Files.writeString(
                folder.resolve("patient.yaml"), "threads: {replacements: 100}\ninput: {attempts: 100}\n");
        PipelineProcess pipeline =
                system.pipeline("ward-1", "--config", settings.toString()).awaitReady();
        // So that there is a state to restore.
        sendOne(system);
        system.awaitQuiet();

        LoadedAgent.load(pipeline.pid(), LeakyClients.class, "");
        await().atMost(SOON).untilAsserted(() -> {
            sendOne(system);
            assertThat(pipeline.isAlive()).as(pipeline::tail).isTrue();
            assertThat(pipeline.output()).contains(LeakyClients.lines());
        });

        system.verdict();
        assertThat(pipeline.output()).contains("a thread failed and is replaced", "java.lang.IllegalArgumentException");
        String bodies = pipeline.body("/metrics") + pipeline.body("/health/ready") + pipeline.body("/clients");
        assertThat(bodies).isNotEmpty().doesNotContainIgnoringCase(LeakyClients.NAME);
        pipeline.stop();
        assertThat(system.files()).isNotEmpty().allSatisfy(file -> assertThat(text(file))
                .as(file.toString())
                .doesNotContainIgnoringCase(LeakyClients.NAME));
    }

    private void sendOne(TestSystem system) {
        String patient = "Patient/" + sent.incrementAndGet();
        String reading = Resources.potassium("r-" + sent.get(), patient, "7.1");
        system.send(List.of(Outgoing.of(Resources.bytes(patient), Resources.bytes(reading))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
