package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.replay.InputRefused;
import io.clinicalstreams.topics.problem.CatalogueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code loadgen}: the load generator's commands. */
@Command(
        name = "loadgen",
        description = "Generates, replays and measures FHIR load.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, ReplayCommand.class})
public final class LoadgenCommand {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /** The command with its subcommands, exit codes and the types of its options. */
    public static CommandLine commandLine() {
        return new CommandLine(new LoadgenCommand())
                .registerConverter(Duration.class, DurationText::parse)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(message(failure));
                    return exitCode(failure);
                });
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    private static int exitCode(Exception failure) {
        boolean wrongUsage = failure instanceof IllegalArgumentException
                || failure instanceof InputRefused
                || failure instanceof CatalogueException
                || failure instanceof ConfigException;
        return wrongUsage ? WRONG_USAGE : FAILED;
    }

    private static String message(Exception failure) {
        String said = failure.getMessage();
        boolean speaksOfItself = failure instanceof IllegalArgumentException
                || failure instanceof InputRefused
                || failure instanceof CatalogueException
                || failure instanceof KafkaException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException;
        return "loadgen: "
                + (speaksOfItself && said != null ? said : failure.getClass().getSimpleName());
    }
}
