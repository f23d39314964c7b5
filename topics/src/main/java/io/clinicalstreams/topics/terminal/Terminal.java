package io.clinicalstreams.topics.terminal;

import java.io.Console;
import java.util.Optional;

/**
 * Whether output goes to a terminal. Without one, the console is null up to Java 21; from Java 22 it has a method for
 * this.
 */
public final class Terminal {

    private Terminal() {}

    public static boolean isPresent() {
        return console().isPresent();
    }

    /** The user's console. */
    static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
