package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The user's consent to a change, requested before anything is done; {@code --yes} gives it. */
public final class Consent {

    private final Confirmation confirmation;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask for confirmation.")
    private boolean yes;

    /** Asks at the terminal. */
    public Consent() {
        this(Confirmation::atTheTerminal);
    }

    public Consent(Confirmation confirmation) {
        this.confirmation = confirmation;
    }

    public boolean isGiven() {
        return yes;
    }

    /**
     * @param output prints a line if consent was not given
     * @return empty if consent was given, otherwise the exit code of the command
     */
    public Optional<ExitCode> refusal(String question, OutputOption output) {
        return switch (yes ? Confirmation.Answer.YES : ask(question, output)) {
            case YES -> Optional.empty();
            case NO -> {
                output.say("declined; nothing was done");
                yield Optional.of(ExitCode.FAILURE);
            }
            case NO_TERMINAL -> {
                output.say("not a terminal: pass --yes to confirm; nothing was done");
                yield Optional.of(ExitCode.WRONG_USAGE);
            }
        };
    }

    /** Also reports Ctrl-C instead of an answer. */
    private Confirmation.Answer ask(String question, OutputOption output) {
        Runnable interrupted = () -> output.say(System.lineSeparator() + "interrupted; nothing was done");
        StopSignal signal = StopSignal.telling(interrupted, Duration.ZERO);
        try {
            return confirmation.ask(question);
        } finally {
            signal.close();
        }
    }
}
