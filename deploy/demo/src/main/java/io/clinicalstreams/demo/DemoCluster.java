package io.clinicalstreams.demo;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demo's cluster: its own brokers in a temporary folder, or an existing cluster.
 *
 * @param clientSettings connection settings and credentials of every client
 */
public record DemoCluster(
        String bootstrapServers,
        Map<String, String> clientSettings,
        Path folder,
        @Nullable LocalCluster own) implements AutoCloseable {

    public static DemoCluster open(ClusterOptions existing, Environment where, int brokers, PrintWriter err)
            throws IOException {
        if (existing.bootstrapServer().isPresent()) {
            Map<String, String> settings = new HashMap<>();
            existing.clientSettings(where).forEach((name, value) -> settings.put(name, String.valueOf(value)));
            return new DemoCluster(existing.bootstrapServer().get(), settings, temporaryFolder(), null);
        }
        Path folder = temporaryFolder();
        err.printf("Starting %d Kafka broker%s ...%n", brokers, brokers == 1 ? "" : "s");
        LocalCluster own;
        try {
            own = LocalCluster.builder()
                    .brokers(brokers)
                    .directory(folder.resolve("cluster"))
                    // The demo's shutdown hook stops the lanes first; the brokers end with the process in any case.
                    .withoutShutdownHook()
                    .start();
        } catch (RuntimeException failure) {
            LocalCluster.delete(folder);
            throw failure;
        }
        // Its own brokers use plaintext, whatever the environment requires.
        Map<String, String> settings =
                Map.of("bootstrap.servers", own.bootstrapServers(), "security.protocol", "PLAINTEXT");
        return new DemoCluster(own.bootstrapServers(), settings, folder, own);
    }

    private static Path temporaryFolder() throws IOException {
        return Files.createTempDirectory("clinical-streams-demo-");
    }

    /** A client's settings in the catalogue plus the connection settings. */
    public Map<String, Object> client(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(clientSettings);
        return all;
    }

    /** Ids of this process and of its own brokers', by name. */
    public Map<String, Long> processes(String ofThis) {
        Map<String, Long> processes =
                new HashMap<>(Map.of(ofThis, ProcessHandle.current().pid()));
        if (own != null) {
            own.brokers().forEach(broker -> processes.put("broker-" + broker.id(), broker.pid()));
        }
        return processes;
    }

    public Path stateDirectory() {
        return folder.resolve("state");
    }

    /** Files still in use are left: a lane that did not stop in time must not turn a verdict into an error. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
        LocalCluster.delete(folder);
    }
}
