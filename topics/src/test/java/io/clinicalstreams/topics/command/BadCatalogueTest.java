package io.clinicalstreams.topics.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A mistake in a copy of the template is reported in one line with its place; exit code 2. */
class BadCatalogueTest {

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    BadCatalogueTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Path topics = Path.of(System.getProperty("project.root", ".."), "topics");
        for (String part : List.of("catalogue", "profiles", "environments")) {
            try (Stream<Path> paths = Files.walk(topics.resolve(part))) {
                paths.forEach(path -> copy(path, folder.resolve(topics.relativize(path))));
            }
        }
    }

    @Test
    void doesNotHappenToAnUnchangedCopy() {
        assertThat(run()).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{1} -> {2}")
    @CsvSource(delimiterString = " | ", textBlock = """
            profiles/reference.yaml | linger.ms: | lingre.ms: | producer.lingre.ms: Kafka has no such producer setting; did you mean linger.ms?
            profiles/quarantine.yaml | value: 2592000000 | value: 30d | topic.retention.ms: Invalid value 30d for configuration retention.ms: Not a number of type LONG; the unit is milliseconds
            profiles/common.yaml | name: common | name: common\\nextends: common | extends: is a cycle: common -> common
            catalogue/clinical.score.computed.yaml | profile: latency | profile: fast | profile: no profile 'fast'; known are administrative, common, ingress, latency, ledger, quarantine, reference, throughput
            environments/production.yaml | replication: 3 | replication: 4 | replication: is 4, more than brokers, 3
            """)
    void isToldInOneLine(String file, String right, String wrong, String message) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path).replace(right, wrong.replace("\\n", "\n")));

        assertThat(run()).isEqualTo(2);

        assertThat(err.toString().lines()).contains(file + ": " + message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void reportsTwoFilesForOneTopic() throws IOException {
        Path one = folder.resolve("catalogue/clinical.score.computed.yaml");
        Files.copy(one, folder.resolve("catalogue/clinical.score.copied.yaml"));

        assertThat(run()).isEqualTo(2);

        assertThat(err.toString())
                .contains("catalogue/clinical.score.copied.yaml: name: 'clinical.score.computed' already has a file, "
                        + "catalogue/clinical.score.computed.yaml");
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private int run() {
        return CommandKit.of(new CommandLine(new TopicsCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("list", "--catalogue", folder.toString(), "--environment", "production");
    }
}
