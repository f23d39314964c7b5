package io.clinicalstreams.demo.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * The cluster of a bench.
 *
 * @param clientSettings connection settings and credentials of every client
 * @param folder for local state; the caller deletes it
 */
public record BenchCluster(Map<String, String> clientSettings, Path folder) {

    public BenchCluster {
        clientSettings = Map.copyOf(clientSettings);
    }

    String bootstrapServers() {
        return clientSettings.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** A client's settings in the catalogue plus the connection settings. */
    Map<String, Object> client(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(clientSettings);
        return all;
    }
}
