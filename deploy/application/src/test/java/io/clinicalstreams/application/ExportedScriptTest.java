package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.cluster.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell script that {@code topics export} writes, with Kafka's own tools on a broker. */
@Tag("broker")
class ExportedScriptTest {

    private static final Map<String, String> TOOLS = Map.of(
            "kafka-topics.sh",
            "org.apache.kafka.tools.TopicCommand",
            "kafka-configs.sh",
            "org.apache.kafka.tools.ConfigCommand");

    private final Path folder;
    private final StringWriter out = new StringWriter();

    ExportedScriptTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void leavesNothingToPlanOnAnEmptyClusterAndAfterASettingWasChanged() throws Exception {
        try (LocalCluster cluster = LocalCluster.builder().start();
                CatalogueCopy catalogue = CatalogueCopy.withEnvironment("scripted", 1)) {
            assertThat(topics(catalogue, "export", "--format", "kafka-topics")).isZero();
            Path script = Files.writeString(folder.resolve("topics.sh"), out.toString());

            String said = run(script, cluster.bootstrapServers());

            assertThat(said).contains("Created topic scripted.clinical.alert.generated");
            assertThat(topics(catalogue, "plan", "--exit-code", "--bootstrap-server", cluster.bootstrapServers()))
                    .as(out::toString)
                    .isZero();

            drift(cluster, "scripted.clinical.alert.generated");
            assertThat(topics(catalogue, "plan", "--exit-code", "--bootstrap-server", cluster.bootstrapServers()))
                    .isEqualTo(3);
            assertThat(run(script, cluster.bootstrapServers())).doesNotContain("Created topic");

            assertThat(topics(catalogue, "plan", "--exit-code", "--bootstrap-server", cluster.bootstrapServers()))
                    .as(out::toString)
                    .isZero();
        }
    }

    private static void drift(LocalCluster cluster, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private int topics(CatalogueCopy catalogue, String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of("topics", command));
        arguments.addAll(List.of(options));
        arguments.addAll(
                List.of("--catalogue", catalogue.folder().toString(), "--environment", catalogue.environment()));
        return ClinicalStreams.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
    }

    private String run(Path script, String bootstrapServers) throws IOException, InterruptedException {
        for (Map.Entry<String, String> tool : TOOLS.entrySet()) {
            Path file = folder.resolve(tool.getKey());
            Files.writeString(
                    file,
                    "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 %s \"$@\"\n"
                            .formatted(Path.of(System.getProperty("java.home"), "bin", "java"), tool.getValue()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path log = folder.resolve("script.log");
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), bootstrapServers);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("KAFKA_BIN", folder.toString());
        int exitCode = builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        assertThat(exitCode).as(said).isZero();
        return said;
    }
}
