package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
}
