package io.clinicalstreams.demo;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo runs: on brokers of its own in a temporary folder, or on a cluster that is there already.
 *
 * @param clientSettings what every client needs to get in
 */
record DemoCluster(
        String bootstrapServers,
        Map<String, String> clientSettings,
        Path folder,
        @Nullable LocalCluster own) implements AutoCloseable {

    static DemoCluster open(ClusterOptions existing, Environment where, int brokers, PrintWriter err)
            throws IOException {
        Path folder = Files.createTempDirectory("clinical-streams-demo-");
        if (existing.bootstrapServer().isPresent()) {
            Map<String, String> settings = new HashMap<>();
            existing.clientSettings(where).forEach((name, value) -> settings.put(name, String.valueOf(value)));
            return new DemoCluster(existing.bootstrapServer().get(), settings, folder, null);
        }
        err.printf("Starting %d Kafka broker%s ...%n", brokers, brokers == 1 ? "" : "s");
        err.flush();
        LocalCluster own = LocalCluster.builder()
                .brokers(brokers)
                .directory(folder.resolve("cluster"))
                // The demo's own hook ends the lanes first; the brokers end with the process in any case.
                .withoutShutdownHook()
                .start();
        // Its own brokers are open, whatever the environment says of its own.
        Map<String, String> settings =
                Map.of("bootstrap.servers", own.bootstrapServers(), "security.protocol", "PLAINTEXT");
        return new DemoCluster(own.bootstrapServers(), settings, folder, own);
    }

    Path stateDirectory() {
        return folder.resolve("state");
    }

    /** What is still in use stays: a lane that did not stop in time must not turn a verdict into an error. */
    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
        List<Path> children;
        try (Stream<Path> files = Files.walk(folder)) {
            children = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : children) {
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException inUse) {
                return;
            }
        }
    }
}
