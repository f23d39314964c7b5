package io.clinicalstreams.application.topics;

import io.clinicalstreams.cluster.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * A cluster of three brokers that is also changed with Kafka's own tools.
 *
 * @param commandConfig the {@code --command-config} of a superuser
 */
record ThreeBrokers(LocalCluster cluster, Path commandConfig) implements AutoCloseable {

    /** Without authorization. */
    static ThreeBrokers open() {
        return with(LocalCluster.builder().brokers(3).start());
    }

    /** With access rules. */
    static ThreeBrokers secured() {
        return with(LocalCluster.builder().brokers(3).secured(Map.of()).start());
    }

    private static ThreeBrokers with(LocalCluster cluster) {
        try {
            Path commandConfig = Files.write(
                    cluster.directory().resolve("command-config.properties"),
                    cluster.adminSettings().entrySet().stream()
                            .map(setting -> setting.getKey() + '=' + setting.getValue())
                            .toList());
            return new ThreeBrokers(cluster, commandConfig);
        } catch (IOException failure) {
            cluster.close();
            throw new UncheckedIOException(failure);
        }
    }

    Admin admin() {
        Map<String, Object> settings = new HashMap<>(cluster.adminSettings());
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        return Admin.create(settings);
    }

    /** A terminal with a catalogue that has an environment of that name, and these brokers. */
    Terminal terminal(Path folder, String name, String more) {
        return Terminal.with(folder.resolve(name), name, 3, cluster.bootstrapServers(), more)
                .as(commandConfig);
    }

    /** {@code kafka-configs.sh --alter} of a topic. */
    void configure(String topic, String... change) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--alter", "--entity-type", "topics", "--entity-name", topic));
        arguments.addAll(List.of(change));
        run("org.apache.kafka.tools.ConfigCommand", arguments);
    }

    /** {@code kafka-topics.sh}. */
    void topics(String... arguments) throws IOException, InterruptedException {
        run("org.apache.kafka.tools.TopicCommand", List.of(arguments));
    }

    /** {@code kafka-acls.sh}. */
    void rules(String... arguments) throws IOException, InterruptedException {
        run("org.apache.kafka.tools.AclCommand", List.of(arguments));
    }

    /** One of Kafka's own tools, in a separate process. */
    private void run(String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                tool,
                "--bootstrap-server",
                cluster.bootstrapServers(),
                "--command-config",
                commandConfig.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(tool + " failed: " + said);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
