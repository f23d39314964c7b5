package io.clinicalstreams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class DemoClusterTest {

    @Test
    void usesPlaintextOnItsOwnBrokersInEveryEnvironment() throws Exception {
        PrintWriter err = new PrintWriter(new StringWriter(), true);
        try (DemoCluster cluster = DemoCluster.open(
                new ClusterOptions(), CatalogueLoader.load("production").where(), 1, err)) {
            assertThat(cluster.clientSettings()).containsEntry("security.protocol", "PLAINTEXT");
        }
    }
}
