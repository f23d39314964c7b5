package io.clinicalstreams.pipeline.command;

import io.clinicalstreams.pipeline.runtime.ServiceVersion;
import io.clinicalstreams.topics.terminal.CommandKit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code pipeline}: the microservice. */
@Command(
        name = "pipeline",
        description = "Runs the lanes of the pipeline.",
        mixinStandardHelpOptions = true,
        subcommands = RunLanesCommand.class)
public final class PipelineCommand {

    /** The entry point of the distribution, which contains only the service. */
    public static void main(String[] args) {
        CommandLine commands = new CommandLine(new PipelineCommand()).addSubcommand(new AlertsCommand());
        commands.getCommandSpec().version("clinical-streams pipeline " + ServiceVersion.current());
        System.exit(CommandKit.of(commands).execute(args));
    }
}
