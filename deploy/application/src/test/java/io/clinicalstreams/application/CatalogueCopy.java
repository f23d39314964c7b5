package io.clinicalstreams.application;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A copy of the catalogue in a temporary folder, with an additional environment: development with another prefix. */
record CatalogueCopy(Path folder, String environment) implements AutoCloseable {

    private static final List<String> PARTS = List.of("catalogue", "profiles", "environments");

    /**
     * @param name of the environment, and prefix of its topics
     * @param replication replication factor; all replicas but one must be in sync
     */
    static CatalogueCopy withEnvironment(String name, int replication) {
        try {
            Path folder = Files.createTempDirectory("clinical-streams-test-");
            for (String part : PARTS) {
                copy(part, folder.resolve(part));
            }
            CatalogueCopy copy = new CatalogueCopy(folder, name);
            copy.write("environments/" + name + ".yaml", """
                    name: %s
                    goal: One test's own topics.
                    name-prefix: %s.
                    brokers: %d
                    replication: %d
                    min-insync-replicas: %d
                    standby-replicas: 0
                    security: {protocol: PLAINTEXT}
                    fhir:
                      base-urls: [https://ours.example/fhir]
                      zone: Europe/Berlin
                    partitions-divide-by: 8
                    retention-at-most: PT24H
                    topics:
                      clinical.resource.received:
                        partitions: 4
                      clinical.resource.rekeyed:
                        partitions: 4
                      reference.alert.rule:
                        partitions: 1
                      reference.medication.catalog:
                        partitions: 1
                    """.formatted(
                            name, name, replication, replication, Math.max(1, replication - 1)));
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Catalogue load() {
        return CatalogueLoader.load(folder, environment);
    }

    /** Adds an environment with the same topics and lanes, with one text of its file replaced. */
    void addEnvironment(String name, String old, String replacement) {
        try {
            String own = Files.readString(folder.resolve("environments/" + environment + ".yaml"));
            write(
                    "environments/" + name + ".yaml",
                    own.replace("name: " + environment + "\n", "name: " + name + "\n")
                            .replace(old, replacement));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a file into the folder. */
    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** From the class path: a folder, or a jar. */
    private static void copy(String part, Path to) throws IOException {
        URI place = URI.create(Objects.requireNonNull(CatalogueCopy.class.getResource("/clinical-streams/" + part))
                .toString());
        if (place.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                copy(jar.getPath("clinical-streams", part), to);
            }
        } else {
            copy(Path.of(place), to);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean unused = Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
