package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeBrokersTest {

    private static final List<String> VALUES =
            IntStream.range(0, 100).mapToObj(number -> "value-" + number).toList();

    private LocalCluster cluster;

    @BeforeAll
    void startCluster(@TempDir Path directory) {
        cluster = LocalCluster.builder()
                .brokers(3)
                .directory(directory)
                .setting("broker.session.timeout.ms", "3000") // how long a killed broker is kept out
                .start();
    }

    @AfterAll
    void closeCluster() {
        cluster.close();
    }

    @Test
    void threeBrokersCarryAReplicatedTopic() throws Exception {
        Records records = Records.on(cluster);
        records.create(new NewTopic("replicated", Optional.of(1), Optional.empty()));

        records.send("replicated", VALUES);

        assertThat(cluster.bootstrapServers().split(",", -1)).hasSize(3);
        assertThat(records.read("replicated", VALUES.size())).isEqualTo(VALUES);
    }

    @Test
    void aKilledBrokerComesBackOnItsPortWithItsData() throws Exception {
        Records records = Records.on(cluster);
        Broker broker = cluster.brokers().get(1);
        records.create(new NewTopic("on-one-broker", Map.of(0, List.of(broker.id())))
                .configs(Map.of("min.insync.replicas", "1")));
        records.send("on-one-broker", VALUES);
        long killed = broker.pid();

        Processes.signal("KILL", killed); // from outside

        await().until(() -> !broker.isAlive());
        assertThatThrownBy(() -> cluster.awaitReady(Duration.ofSeconds(30)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("broker 1 on 127.0.0.1:" + broker.port() + " ended");

        broker.kill(); // by its owner: not expected to answer any more

        cluster.awaitReady(Duration.ofSeconds(30));

        broker.start();
        cluster.awaitReady(Duration.ofSeconds(60));

        assertThat(broker.pid()).isNotEqualTo(killed);
        assertThat(records.read("on-one-broker", VALUES.size())).isEqualTo(VALUES);
    }
}
