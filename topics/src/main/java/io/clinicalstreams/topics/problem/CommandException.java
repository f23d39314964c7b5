package io.clinicalstreams.topics.problem;

/** Why a command cannot continue. The message is for the user: one line, or one line for each problem. */
public class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
