package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class RestartTest {

    @Test
    void aStoppedClusterStartsAgainWithItsDataInNoOtherShapeAndClosingEndsItEvenWhenPaused(@TempDir Path directory)
            throws Exception {
        String before;
        try (LocalCluster cluster = LocalCluster.builder().directory(directory).start()) {
            before = cluster.bootstrapServers();
            Records.on(cluster).create(new NewTopic("kept", 1, (short) 1));
            Records.on(cluster).send("kept", List.of("a", "b"));
        }

        assertThatThrownBy(() ->
                        LocalCluster.builder().directory(directory).brokers(2).start())
                .isInstanceOf(ClusterRefused.class)
                .hasMessageContaining("has a cluster of 1 brokers, not 2");
        assertThatThrownBy(() -> LocalCluster.builder()
                        .directory(directory)
                        .secured(Map.of("alice", "secret"))
                        .start())
                .isInstanceOf(ClusterRefused.class)
                .hasMessageContaining("without users, not one with users");

        LocalCluster again = LocalCluster.builder().directory(directory).start();
        Broker broker = again.brokers().get(0);
        assertThat(again.bootstrapServers()).isEqualTo(before);
        assertThat(Records.on(again).read("kept", 2)).containsExactly("a", "b");

        broker.pause();
        again.close();
        again.close();

        assertThat(Processes.runs(broker.pid())).isFalse();
        assertThatThrownBy(broker::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBrokerThatCannotStartReportsWhyAndLeavesNothingRunning(@TempDir Path directory) {
        assertThatThrownBy(() -> LocalCluster.builder()
                        .directory(directory)
                        .setting("metric.reporters", "no.such.Reporter")
                        .start())
                .isExactlyInstanceOf(BrokerEnded.class)
                .hasMessageContaining("broker 0 on 127.0.0.1:")
                .hasMessageContaining(
                        directory.resolve("broker-0/logs/server.log").toString())
                .hasMessageContaining("no.such.Reporter");

        assertThat(ClusterFolder.at(directory).process(0)).isEmpty();
    }
}
