package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneBrokerTest {

    private LocalCluster cluster;

    @BeforeAll
    void startCluster(@TempDir Path directory) {
        cluster = LocalCluster.builder()
                .directory(directory.resolve("made-by-the-cluster"))
                .setting("log.retention.hours", "7")
                .start();
    }

    @AfterAll
    void closeCluster() {
        cluster.close();
    }

    @Test
    void aSettingReachesTheBroker() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "0");
        try (Admin admin = Admin.create(Records.on(cluster).settings())) {
            Map<ConfigResource, Config> settings =
                    admin.describeConfigs(List.of(broker)).all().get(30, TimeUnit.SECONDS);

            assertThat(settings.values())
                    .flatExtracting(Config::entries)
                    .extracting(setting -> setting.name() + "=" + setting.value())
                    .contains("log.retention.hours=7", "auto.create.topics.enable=false");
        }
    }

    @Test
    void aPausedBrokerDoesNotAnswerAndAResumedOneDoes() throws Exception {
        Broker broker = cluster.brokers().get(0);
        String id = SavedCluster.read(cluster.directory().resolve("cluster.properties"))
                .id();
        Readiness readiness = new Readiness(id, cluster.adminSettings());

        broker.pause();

        assertThat(broker.isAlive()).isTrue();
        assertThat(readiness.answers(broker.address(), Set.of(0), Duration.ofMillis(500)))
                .isFalse();

        broker.resume();

        cluster.awaitReady(Duration.ofSeconds(30));
        assertThat(readiness.answers(broker.address(), Set.of(0), Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void aTakenPortIsRefused(@TempDir Path other) {
        int taken = cluster.brokers().get(0).port();

        assertThatThrownBy(() ->
                        LocalCluster.builder().directory(other).port(taken).start())
                .isInstanceOf(ClusterRefused.class)
                .hasMessageContaining("port " + taken + " is taken")
                .hasMessageNotContaining("\n");
        assertThat(other.resolve("broker-0")).doesNotExist();
    }

    @Test
    void theFolderOfARunningClusterIsRefused() {
        assertThatThrownBy(() ->
                        LocalCluster.builder().directory(cluster.directory()).start())
                .isInstanceOf(ClusterRefused.class)
                .hasMessageContaining("is in use by a running cluster on " + cluster.bootstrapServers())
                .hasMessageNotContaining("\n");
        assertThat(cluster.brokers().get(0).isAlive()).isTrue();
    }

    @Test
    void aFolderWithOtherFilesIsRefusedAndLeftUnchanged(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("thesis.txt"), "precious");

        assertThatThrownBy(() -> LocalCluster.builder().directory(folder).start())
                .isInstanceOf(ClusterRefused.class)
                .hasMessageContaining("is not empty and contains no cluster");
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(folder.toFile().list()).containsExactly("thesis.txt");
    }
}
