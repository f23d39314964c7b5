package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.topics.Catalogue;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster, how to get in, and which environment's topics. */
final class ConnectionOptions {

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "development",
            description = "The catalogue's environment: ${DEFAULT-VALUE} unless given, or staging, production.")
    private String environment = "development";

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "Where the cluster is, ${DEFAULT-VALUE} unless given.")
    private String bootstrapServer = "localhost:9092";

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties for the Kafka clients, such as security; they win over the catalogue's.")
    private @Nullable Path commandConfig;

    Catalogue catalogue() {
        return Catalogue.load(environment);
    }

    /** The settings of every client: those of the file, and the address. */
    Map<String, String> clientSettings() {
        Map<String, String> settings = new HashMap<>();
        if (commandConfig != null) {
            Properties file = new Properties();
            try (Reader reader = Files.newBufferedReader(commandConfig, StandardCharsets.UTF_8)) {
                file.load(reader);
            } catch (IOException unreadable) {
                throw new IllegalArgumentException("--command-config: cannot read " + commandConfig, unreadable);
            }
            file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
        }
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
        return settings;
    }
}
