package io.clinicalstreams.pipeline.command;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;

/** The environment variable that sets the level of the libraries' loggers. */
final class LogLevel {

    private static final String VARIABLE = "CLINICAL_STREAMS_LOG_LEVEL";

    private LogLevel() {}

    /**
     * Call it before anything logs: of a level that it does not know, Log4j prints a stack trace.
     *
     * @throws CommandException if the variable is not a level
     */
    static void demand(Map<String, String> environment) {
        String level = environment.getOrDefault(VARIABLE, "").trim();
        if (!level.isEmpty() && Level.getLevel(level.toUpperCase(Locale.ROOT)) == null) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE, VARIABLE + ": must be one of " + levels() + ", was " + level);
        }
    }

    private static String levels() {
        return Arrays.stream(Level.values())
                .sorted(Comparator.comparingInt(Level::intLevel))
                .map(Level::name)
                .collect(Collectors.joining(", "));
    }
}
