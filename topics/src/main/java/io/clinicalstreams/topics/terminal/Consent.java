package io.clinicalstreams.topics.terminal;

import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Somebody's leave to change something, asked for before anything is done.
 *
 * @param say where to tell that there is none
 */
public record Consent(Confirmation confirmation, Consumer<String> say) {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    /** Who interrupts instead of answering is told too. */
    private Confirmation.Answer ask(String question) {
        Thread interrupted = new Thread(() -> say.accept(System.lineSeparator() + "interrupted; nothing was done"));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return confirmation.ask(question);
        } finally {
            try {
                boolean unused = Runtime.getRuntime().removeShutdownHook(interrupted);
            } catch (IllegalStateException ending) {
                // it is at work
            }
        }
    }

    /** @return empty when it was given, else the exit code with which to end */
    public OptionalInt refusal(String question) {
        return switch (ask(question)) {
            case YES -> OptionalInt.empty();
            case NO -> {
                say.accept("declined; nothing was done");
                yield OptionalInt.of(FAILURE);
            }
            case NOBODY_THERE -> {
                say.accept("not a terminal: pass --yes to confirm; nothing was done");
                yield OptionalInt.of(USAGE);
            }
        };
    }
}
