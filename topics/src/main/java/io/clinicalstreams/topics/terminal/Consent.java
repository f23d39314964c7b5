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

    /** @return empty when it was given, else the exit code with which to end */
    public OptionalInt refusal(String question) {
        return switch (confirmation.ask(question)) {
            case YES -> OptionalInt.empty();
            case NO -> {
                say.accept("declined; nothing was done");
                yield OptionalInt.of(FAILURE);
            }
            case NOBODY_THERE -> {
                say.accept("nobody to ask, for this is no terminal: give --yes; nothing was done");
                yield OptionalInt.of(USAGE);
            }
        };
    }
}
