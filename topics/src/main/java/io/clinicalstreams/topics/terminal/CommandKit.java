package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Common behavior of all commands: option parsing, one-line error messages, and an {@link ExitCode} at the end. */
public final class CommandKit {

    private CommandKit() {}

    /** Configures and returns the command line; it and each subcommand is a {@code Callable} of an {@link ExitCode}. */
    public static CommandLine of(CommandLine commands) {
        return commands.registerConverter(Duration.class, DurationText::parse)
                .setParameterExceptionHandler(new OneLineUsage())
                .setExecutionExceptionHandler(new OneLineErrors())
                .setExecutionStrategy(CommandKit::run);
    }

    private static int run(ParseResult parsed) {
        int byPicocli = new RunLast().execute(parsed);
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        Object result = last.commandSpec().commandLine().getExecutionResult();
        return result instanceof ExitCode exit ? exit.code() : byPicocli;
    }
}
