package io.clinicalstreams.demo;

import io.clinicalstreams.cluster.command.ClusterCommand;
import io.clinicalstreams.loadgen.command.DurationText;
import io.clinicalstreams.loadgen.command.LoadgenCommand;
import io.clinicalstreams.pipeline.command.AlertsCommand;
import io.clinicalstreams.pipeline.command.PipelineCommand;
import io.clinicalstreams.topics.command.TopicsCommand;
import io.clinicalstreams.topics.terminal.OneLineUsage;
import io.clinicalstreams.topics.terminal.OutputFormat;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code clinical-streams}: the one entry to every command. */
@Command(
        name = "clinical-streams",
        description = "A Kafka Streams reference application for healthcare events. Not a medical device.",
        mixinStandardHelpOptions = true,
        version = "clinical-streams 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            PipelineCommand.class,
            AlertsCommand.class,
            LoadgenCommand.class,
            TopicsCommand.class,
            ClusterCommand.class,
            BenchCommand.class
        },
        footer = {"", "Exit codes: 0 ok, 1 failure, 2 wrong usage or configuration, 3 drift or a check not held."})
public final class ClinicalStreams {

    /** The service logs JSON to stderr, as platforms want it; with a person before it, a command logs to a file. */
    private static final List<String> SERVICES = List.of("pipeline");

    private ClinicalStreams() {}

    public static void main(String[] args) {
        if (System.getProperty("log4j2.configurationFile") == null
                && (args.length == 0 || !SERVICES.contains(args[0]))) {
            System.setProperty("log4j2.configurationFile", "classpath:log4j2-command.xml");
        }
        CommandLine commands = commandLine();
        int exitCode = commands.execute(args);
        System.exit(exitCode == 0 ? whetherWritten(commands) : exitCode);
    }

    /** Half of an exported file on a full disk is no success. */
    private static int whetherWritten(CommandLine commands) {
        if (commands.getOut().checkError() || System.out.checkError()) {
            System.err.println("the output could not be written whole");
            return 1;
        }
        return 0;
    }

    static CommandLine commandLine() {
        return new CommandLine(new ClinicalStreams())
                .registerConverter(Duration.class, DurationText::parse)
                .registerConverter(OutputFormat.class, new OutputFormat.Reading())
                .setParameterExceptionHandler(new OneLineUsage())
                .setExecutionExceptionHandler(new CommandErrors());
    }
}
