package io.clinicalstreams.demo.topics;

import io.clinicalstreams.cluster.LocalCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A cluster of three brokers that somebody else works on too. */
record ThreeBrokers(LocalCluster cluster) implements AutoCloseable {

    static ThreeBrokers start() {
        return new ThreeBrokers(LocalCluster.builder().brokers(3).start());
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    /** Kafka's own {@code kafka-configs.sh --alter}, in a process of its own. */
    void configure(String topic, String... change) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "kafka.admin.ConfigCommand",
                "--bootstrap-server",
                cluster.bootstrapServers(),
                "--alter",
                "--entity-type",
                "topics",
                "--entity-name",
                topic));
        command.addAll(List.of(change));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process tool = builder.start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new AssertionError("kafka-configs failed: " + said);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
