package io.clinicalstreams.topics.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script with tools that only record their arguments; the application's tests run it on a cluster. */
class ShellScriptTest {

    private final Path folder;
    private final Catalogue catalogue = CatalogueLoader.load("staging");

    ShellScriptTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void writeDownCalls() throws IOException {
        Files.writeString(folder.resolve("topics.sh"), new ShellScript(catalogue).text());
        for (String tool : List.of("kafka-topics.sh", "kafka-configs.sh")) {
            Path file = folder.resolve(tool);
            Files.writeString(file, """
                    #!/bin/sh
                    case "$*" in *--list*) cat "$0.list" ;; *) echo "$(basename "$0") $*" ;; esac
                    """);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createFile(folder.resolve(tool + ".list"));
        }
    }

    @Test
    void createsEachTopicThatIsMissing() throws Exception {
        List<String> calls = run("localhost:9092");

        assertThat(calls).hasSameSizeAs(catalogue.topics());
        Topic first = catalogue.topics().get(0);
        StringBuilder settings = new StringBuilder();
        first.settings().plain().forEach((name, value) -> settings.append(" --config " + name + '=' + value));
        assertThat(calls.get(0))
                .isEqualTo("kafka-topics.sh --bootstrap-server localhost:9092 --create --if-not-exists --topic "
                        + first.fullName() + " --partitions " + first.partitions() + " --replication-factor "
                        + first.replication() + settings);
    }

    @Test
    void givesATopicThatIsThereItsSettings() throws Exception {
        Topic there = catalogue.topic("reference.alert.rule");
        Files.writeString(folder.resolve("kafka-topics.sh.list"), "another\n" + there.fullName() + '\n');

        List<String> calls = run("localhost:9092", "client.properties");

        String settings = String.join(
                ",",
                there.settings().plain().entrySet().stream()
                        .map(setting -> setting.getKey() + '=' + setting.getValue())
                        .toList());
        assertThat(calls)
                .hasSameSizeAs(catalogue.topics())
                .contains(
                        "kafka-configs.sh --bootstrap-server localhost:9092 --command-config client.properties --alter"
                                + " --entity-type topics --entity-name " + there.fullName() + " --add-config "
                                + settings);
    }

    @Test
    void keepsAListTogether(@TempDir Path other) throws Exception {
        SmallCatalogue small = SmallCatalogue.in(other);
        small.append("catalogue/clinical.thing.seen.yaml", """
                settings:
                  cleanup.policy: {value: "compact,delete", why: A table for a while., evidence: pending}
                """);
        Files.writeString(folder.resolve("topics.sh"), new ShellScript(small.load()).text());
        Files.writeString(folder.resolve("kafka-topics.sh.list"), "clinical.thing.seen\n");

        assertThat(run("localhost:9092"))
                .anySatisfy(call -> assertThat(call)
                        .startsWith("kafka-topics.sh ")
                        .contains("--create", "--topic clinical.thing.received "))
                .anySatisfy(call ->
                        assertThat(call).startsWith("kafka-configs.sh ").contains("cleanup.policy=[compact,delete],"));
    }

    @Test
    void asksForTheClusterInOneLine() throws Exception {
        Process script = start();

        assertThat(script.waitFor()).isEqualTo(2);
        assertThat(script.inputReader().lines()).singleElement().asString().startsWith("usage: ");
    }

    private List<String> run(String... arguments) throws Exception {
        Process script = start(arguments);
        List<String> lines = script.inputReader().lines().toList();
        assertThat(script.waitFor()).as(() -> String.join("\n", lines)).isZero();
        return lines;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", folder.resolve("topics.sh").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KAFKA_BIN", folder.toString());
        return builder.start();
    }
}
