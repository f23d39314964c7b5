package io.clinicalstreams.topics.terminal;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one line what is wrong with how a command was called, and where its help is; exit code 2. A command that only
 * groups others prints its help when none of them was named.
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
