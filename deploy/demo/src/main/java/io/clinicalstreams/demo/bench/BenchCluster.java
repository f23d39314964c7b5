package io.clinicalstreams.demo.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where a bench runs.
 *
 * @param clientSettings what every client needs to get in, the address included
 * @param folder for local state; the caller removes it
 */
public record BenchCluster(Map<String, String> clientSettings, Path folder) {

    public BenchCluster {
        clientSettings = Map.copyOf(clientSettings);
    }

    String bootstrapServers() {
        return clientSettings.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** The catalogue's settings of a client, with what it needs to get in. */
    Map<String, Object> client(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(clientSettings);
        return all;
    }
}
