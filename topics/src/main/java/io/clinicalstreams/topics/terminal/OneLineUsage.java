package io.clinicalstreams.topics.terminal;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports in one line what is wrong with a command's arguments, and how to get help; exit code 2. A command group
 * without a subcommand prints its help.
 */
final class OneLineUsage implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String message = String.valueOf(wrong.getMessage()).strip().replaceAll("\\s+", " ");
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
