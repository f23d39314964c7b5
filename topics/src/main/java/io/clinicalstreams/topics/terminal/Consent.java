package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Permission to change something, asked for before anything is done.
 *
 * @param say prints a line that there is none
 */
public record Consent(Confirmation confirmation, Consumer<String> say) {

    /** @return empty when it was given, otherwise the exit code with which to end */
    public Optional<ExitCode> refusal(String question) {
        return switch (ask(question)) {
            case YES -> Optional.empty();
            case NO -> {
                say.accept("declined; nothing was done");
                yield Optional.of(ExitCode.FAILURE);
            }
            case NO_TERMINAL -> {
                say.accept("not a terminal: pass --yes to confirm; nothing was done");
                yield Optional.of(ExitCode.WRONG_USAGE);
            }
        };
    }

    /** Ctrl-C instead of an answer is reported too. */
    private Confirmation.Answer ask(String question) {
        Runnable interrupted = () -> say.accept(System.lineSeparator() + "interrupted; nothing was done");
        StopSignal signal = StopSignal.telling(interrupted, Duration.ZERO);
        try {
            return confirmation.ask(question);
        } finally {
            signal.close();
        }
    }
}
