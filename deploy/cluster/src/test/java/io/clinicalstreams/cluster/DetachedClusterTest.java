package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedClusterTest {

    @Test
    void aProcessThatOnlyHasTheNumberOfABrokerIsNeverKilled(@TempDir Path directory) throws Exception {
        ClusterFolder folder = ClusterFolder.at(directory);
        folder.save(new SavedCluster("id", List.of(new BrokerAddress(0, 1, 2)), BrokerSecurity.open()));
        Files.createDirectories(folder.broker(0).root());
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            BrokerIdentity.of(stranger.toHandle()).write(folder.broker(0).process());

            int stopped = DetachedCluster.in(directory).orElseThrow().stop(Duration.ofSeconds(1));

            assertThat(stopped).isZero();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsUnknownAndAliveAlsoAfterTheClockWasSet(@TempDir Path directory) throws Exception {
        ClusterFolder folder = ClusterFolder.at(directory);
        Files.createDirectories(folder.broker(0).root());
        Process busy = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read forever; exit",
                        BrokerProcess.class.getName(),
                        folder.broker(0).settings().toString())
                .start();
        try {
            int port;
            try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                port = silent.getLocalPort();
                folder.save(new SavedCluster("id", List.of(new BrokerAddress(0, port, 2)), BrokerSecurity.open()));
                new BrokerIdentity(busy.pid(), Instant.now().minusSeconds(120))
                        .write(folder.broker(0).process());

                assertThat(DetachedCluster.in(directory).orElseThrow().status(Duration.ofMillis(100)))
                        .containsExactly(new BrokerStatus(0, busy.pid(), port, true, null));
            }
            assertThat(DetachedCluster.in(directory).orElseThrow().status(Duration.ofMillis(100)))
                    .as("its port is closed")
                    .containsExactly(new BrokerStatus(0, busy.pid(), port, true, false));
        } finally {
            busy.destroyForcibly();
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamedWithTheReason(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> ClusterFolder.at(file.resolve("cluster")).claim())
                .hasMessage(file.resolve("cluster") + " cannot be used: not a directory");
    }
}
