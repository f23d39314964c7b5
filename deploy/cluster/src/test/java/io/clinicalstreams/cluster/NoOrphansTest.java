package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("broker")
class NoOrphansTest {

    @ParameterizedTest(name = "{0} to the parent of a broker, paused: {1}")
    @CsvSource({"KILL, true", "TERM, false", "INT, true"})
    void brokersEndWithTheirParent(String signal, boolean paused, @TempDir Path directory) throws Exception {
        assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "this process was started with SIGINT ignored");
        Process parent = Processes.java(ClusterHolder.class, directory.toString(), Boolean.toString(paused));
        try {
            long broker = Long.parseLong(Objects.requireNonNull(
                    parent.inputReader(StandardCharsets.UTF_8).readLine()));
            assertThat(Processes.runs(broker)).isTrue();

            Processes.signal(signal, parent.pid());

            await().atMost(Duration.ofSeconds(60)).until(() -> !Processes.runs(broker));
        } finally {
            parent.destroyForcibly();
        }
    }

    /** A job that a script started in the background has SIGINT ignored, and so have its children. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
    }
}
