package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoOrphansTest {

    @ParameterizedTest(name = "{0} to the parent of {1} brokers, last one paused: {2}")
    @CsvSource({"KILL, 2, true", "TERM, 1, false", "INT, 1, false"})
    void brokersEndWithTheirParent(String signal, int brokers, boolean paused, @TempDir Path directory)
            throws Exception {
        assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "this process was started with SIGINT ignored");
        Process parent =
                Processes.java(ClusterHolder.class, directory.toString(), brokers + "", Boolean.toString(paused));
        try {
            List<Long> pids = Stream.of(parent.inputReader().readLine().strip().split(" ", -1))
                    .map(Long::valueOf)
                    .toList();
            assertThat(pids).hasSize(brokers).allMatch(Processes::runs);

            Processes.signal(signal, parent.pid());

            await().atMost(Duration.ofSeconds(15)).until(() -> pids.stream().noneMatch(Processes::runs));
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
                        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
    }
}
