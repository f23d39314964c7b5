package io.clinicalstreams.topics.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.ApplyCommand;
import io.clinicalstreams.topics.plan.TopicPlan;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.CommandKit;
import io.clinicalstreams.topics.terminal.Confirmation.Answer;
import io.clinicalstreams.topics.terminal.Consent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The example of a copy: a shop with two topics and no lane, whose profile extends the copied one with its reasons. */
class CopyTest {

    private static final Path TOPICS = Path.of(System.getProperty("project.root", ".."), "topics");

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    CopyTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        copyAll(TOPICS.resolve("src/test/resources/copy"), folder);
        copyAll(TOPICS.resolve("profiles/experiments"), folder.resolve("profiles/experiments"));
        copy(TOPICS.resolve("profiles/common.yaml"), folder.resolve("profiles/common.yaml"));
    }

    @Test
    void isListed() {
        assertThat(run("list")).isZero();

        assertThat(out.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("Orders_placed +orders +12 +3 +14 days +Every order .*"))
                .anyMatch(line -> line.matches("customers +orders +3 +3 +compact +.*"));
    }

    @ParameterizedTest
    @CsvSource({
        "topic, max.message.bytes=6291456, profiles/common.yaml",
        "topic, retention.ms=1209600000, profiles/orders.yaml",
        "producer, linger.ms=20, profiles/orders.yaml",
        "producer, acks=all, profiles/common.yaml",
        "producer, security.protocol=SASL_SSL, environments/shop.yaml",
        "consumer, isolation.level=read_committed, profiles/common.yaml"
    })
    void isRenderedWithWhereEachSettingComesFrom(String client, String setting, String file) {
        assertThat(
                        client.equals("topic")
                                ? run("render", "--topic", "Orders_placed")
                                : run("render", "--topic", "Orders_placed", "--client", client))
                .isZero();

        assertThat(out.toString()).contains(setting).contains(file);
    }

    @Test
    void isSizedIfTheShareOfItsTopicsIsGiven() {
        assertThat(run("size", "--rate", "500")).isEqualTo(2);
        assertThat(err.toString())
                .contains("some topics or lanes have no value; give --share Orders_placed=NUMBER"
                        + " --share customers=NUMBER --keys customers=NUMBER");

        assertThat(run(
                        "size",
                        "--rate",
                        "500",
                        "--share",
                        "Orders_placed=1",
                        "--share",
                        "customers=0.1",
                        "--keys",
                        "customers=50000"))
                .isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("share customers +0.100 +records/resource +option"))
                .anyMatch(line -> line.startsWith("Orders_placed"))
                .anyMatch(line -> line.startsWith("brokers"))
                .noneMatch(line -> line.matches("\\S+ lane .*"));
    }

    @Test
    void showsEachPrincipalsRights() {
        assertThat(run("access")).isZero();

        assertThat(out.toString().lines())
                .anyMatch(
                        line -> line.matches("derived +warehouse +User:warehouse +read +topic Orders_placed +packs .*"))
                .anyMatch(line -> line.matches("derived +warehouse +User:warehouse +write +topic customers +packs .*"))
                .anyMatch(line -> line.matches("derived +warehouse +User:warehouse +read +group warehouse\\.\\* .*"))
                .anyMatch(line -> line.matches("derived +operator +User:platform-team +create +topic customers .*"));
    }

    @ParameterizedTest
    @CsvSource({
        "strimzi, topicName: Orders_placed",
        "strimzi, name: warehouse",
        "strimzi, name: platform-team",
        "kafka-topics, topic Orders_placed 12 3",
        "markdown, | `Orders_placed` |"
    })
    void isExported(String format, String text) {
        assertThat(run("export", "--format", format)).isZero();

        assertThat(out.toString()).contains(text);
    }

    @ParameterizedTest
    @CsvSource({"strimzi, topics.yaml", "prometheus, rules.yaml", "grafana, topics.json"})
    void isExportedToFiles(String format, String file) throws IOException {
        Path files = folder.resolve("exported/new");

        assertThat(run("export", "--format", format, "--directory", files.toString()))
                .isZero();

        assertThat(Files.readString(files.resolve(file)))
                .contains(format.equals("prometheus") ? "shop" : "Orders_placed");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void isApplied() {
        FakeCluster cluster = FakeCluster.empty(3);
        FakeAdmin admin = new FakeAdmin(cluster);

        assertThat(execute(
                        new ApplyCommand(
                                new Consent(question -> Answer.NO), new ClusterOptions(where -> admin.admin())),
                        "--yes",
                        "--bootstrap-server",
                        "in-mind:9092"))
                .isZero();

        assertThat(TopicPlan.between(CatalogueLoader.load(folder, "shop"), cluster.state())
                        .isEmpty())
                .isTrue();
    }

    private int run(String command, String... arguments) {
        String[] all = Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new);
        return execute(new TopicsCommand(), all);
    }

    private int execute(Object command, String... arguments) {
        return CommandKit.of(new CommandLine(command))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--catalogue", folder.toString(), "--environment", "shop"))
                        .toArray(String[]::new));
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }
}
