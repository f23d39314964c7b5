package io.clinicalstreams.application.topics;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.application.CommandResult;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A terminal in which an operator runs {@code topics ...} with a catalogue on a cluster.
 *
 * @param access the options for authentication
 */
record Terminal(Path folder, String environment, String bootstrapServers, List<String> access) {

    /**
     * A copy of the project's catalogue with an additional environment.
     *
     * @param name of the environment and prefix of its topics
     * @param more additional lines of the environment's file
     */
    static Terminal with(Path folder, String name, int brokers, String bootstrapServers, String more) {
        Path source = Path.of(System.getProperty("project.root", "../.."), "topics");
        try {
            Files.createDirectories(folder);
            for (String part : List.of("catalogue", "profiles", "environments")) {
                copy(source.resolve(part), folder.resolve(part));
            }
            Files.writeString(folder.resolve("environments/" + name + ".yaml"), """
                    name: %s
                    goal: One test's own topics.
                    name-prefix: %s.
                    brokers: %d
                    replication: %d
                    min-insync-replicas: %d
                    standby-replicas: 0
                    security: {protocol: PLAINTEXT}
                    partitions-divide-by: 8
                    topics:
                      clinical.resource.received: {partitions: 4}
                      clinical.resource.rekeyed: {partitions: 4}
                      reference.alert.rule: {partitions: 1}
                      reference.medication.catalog: {partitions: 1}
                    %s""".formatted(
                            name, name, brokers, brokers, Math.max(1, brokers - 1), more));
            return new Terminal(folder, name, bootstrapServers, List.of());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same with credentials. */
    Terminal as(Path commandConfig) {
        return new Terminal(
                folder, environment, bootstrapServers, List.of("--command-config", commandConfig.toString()));
    }

    Catalogue catalogue() {
        return CatalogueLoader.load(folder, environment);
    }

    /** A topic's name on the cluster. */
    String fullName(String topic) {
        return environment + '.' + topic;
    }

    /** Runs {@code topics} with these arguments. */
    CommandResult topics(String... words) {
        List<String> all = new ArrayList<>(List.of("topics"));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--bootstrap-server",
                bootstrapServers,
                "--catalogue",
                folder.toString(),
                "--environment",
                environment));
        all.addAll(access);
        return CommandResult.by(all);
    }

    /** The findings of {@code plan}. */
    List<JsonNode> changes() {
        return topics("plan", "-o", "json").json().get("changes").valueStream().toList();
    }

    /** The names of the checks that are not held. */
    List<String> notHeld() {
        return topics("check", "-o", "json").notHeld();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
