package io.clinicalstreams.topics.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports in one line what is wrong with a command's arguments, and how to get help; exit code 2. A command group
 * without a subcommand prints its help.
 */
final class OneLineUsage implements IParameterExceptionHandler {

    /** Picocli's words, with the names of Java's types in them, and ours. */
    private static final Map<Pattern, String> WORDS = Map.of(
            Pattern.compile("' is not an? (long|int|short)$"), "' is not a whole number",
            Pattern.compile("' is not a (double|float)$"), "' is not a number",
            Pattern.compile("^Value for option option "), "Value for option ",
            Pattern.compile("cannot convert ('.*') to class java\\.time\\.Instant \\(.*\\)$"),
                    "$1 is not a time such as 2026-01-31T08:00:00Z",
            Pattern.compile("cannot convert ('.*') to class java\\.net\\.URI \\(.*\\)$"), "$1 is not a URL",
            Pattern.compile("cannot convert ('.*') to (class|interface) java\\.nio\\.file\\.Path \\(.*\\)$"),
                    "$1 is not a path");

    /** Constants that picocli lists twice: {@code [TABLE, table, JSON, json] (case-sensitive)}. */
    private static final Pattern CONSTANTS = Pattern.compile("expected one of \\[(.*)] \\(case-sensitive\\)");

    private static String inWords(String message) {
        String words = message;
        for (Map.Entry<Pattern, String> each : WORDS.entrySet()) {
            words = each.getKey().matcher(words).replaceFirst(each.getValue());
        }
        Matcher constants = CONSTANTS.matcher(words);
        return constants.find() ? constants.replaceFirst("expected one of " + once(constants.group(1))) : words;
    }

    private static String once(String constants) {
        return Stream.of(constants.split(", ", -1))
                .filter(constant -> constant.equals(constant.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String message = inWords(String.valueOf(wrong.getMessage()).strip().replaceAll("\\s+", " "));
        String help = "; see '" + command.getCommandSpec().qualifiedName() + " --help'";
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String meant = unmatched.getSuggestions().isEmpty()
                    ? ""
                    : "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + '?';
            command.getErr().println(message + meant + help);
        } else if (command.getCommandSpec().userObject() instanceof Callable) {
            command.getErr().println(message + help);
        } else {
            command.getErr().println(message);
            command.usage(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
