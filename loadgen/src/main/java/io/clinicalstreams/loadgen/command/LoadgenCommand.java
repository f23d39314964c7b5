package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.report.ReportCommand;
import io.clinicalstreams.topics.terminal.CommandKit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code loadgen}: the load generator's commands. */
@Command(
        name = "loadgen",
        description = "Generates, replays and measures FHIR load.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            ReplayCommand.class,
            CapacityCommand.class,
            ReportCommand.class,
            ProfileCommand.class
        })
public final class LoadgenCommand {

    public static void main(String[] arguments) {
        System.exit(CommandKit.of(new CommandLine(new LoadgenCommand())).execute(arguments));
    }
}
