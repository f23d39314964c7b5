package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Permission to change something, asked for before anything is done; {@code --yes} gives it. */
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
     * @param output says that there is none
     * @return empty when it was given, otherwise the exit code with which to end
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

    /** Ctrl-C instead of an answer is reported too. */
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
