package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics export}: topics, access rules and monitoring for other tools than this program. */
@Command(
        name = "export",
        description = "Writes topics, access rules, alert rules or dashboards for other tools.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "strimzi|kafka-topics|markdown|prometheus|grafana",
            description = {
                "strimzi: KafkaTopic and KafkaUser resources, kafka.strimzi.io/v1.",
                "kafka-topics: a shell script that calls kafka-topics.sh and kafka-configs.sh.",
                "markdown: the table in the README.",
                "prometheus: recording and alert rules, their tests for promtool, and their runbook.",
                "grafana: dashboards."
            })
    private ExportFormat format = ExportFormat.MARKDOWN;

    @Option(
            names = "--cluster",
            defaultValue = "clinical-streams",
            paramLabel = "NAME",
            description = "The name of Strimzi's Kafka resource (default: ${DEFAULT-VALUE}).")
    private String clusterName = "clinical-streams";

    @Option(
            names = "--directory",
            paramLabel = "FOLDER",
            description = "Write files there instead of printing. Required if the format has several.")
    private @Nullable Path directory;

    @Override
    public ExitCode call() throws IOException {
        Map<String, String> texts = format.export(catalogueOptions.load(), clusterName);
        if (directory == null) {
            if (texts.size() > 1) {
                throw new ParameterException(
                        spec.commandLine(), "--format " + format + " has several files: give --directory");
            }
            PrintWriter out = spec.commandLine().getOut();
            texts.values().forEach(out::print);
            out.flush();
            return ExitCode.OK;
        }
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : texts.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        return ExitCode.OK;
    }
}
