package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics export}: topics and access rules for other tools than {@code topics apply}. */
@Command(
        name = "export",
        description = "Prints topics, and access rules if the format has them, for other tools.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "strimzi|kafka-topics|markdown",
            description = {
                "strimzi: KafkaTopic and KafkaUser resources, kafka.strimzi.io/v1.",
                "kafka-topics: a shell script that calls kafka-topics.sh and kafka-configs.sh.",
                "markdown: the table in the README."
            })
    private ExportFormat format = ExportFormat.MARKDOWN;

    @Option(
            names = "--cluster",
            defaultValue = "clinical-streams",
            paramLabel = "NAME",
            description = "The name of Strimzi's Kafka resource (default: ${DEFAULT-VALUE}).")
    private String clusterName = "clinical-streams";

    @Override
    public ExitCode call() {
        spec.commandLine().getOut().print(format.export(catalogueOptions.load(), clusterName));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
