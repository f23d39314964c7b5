package io.clinicalstreams.topics.terminal;

import java.io.Console;
import java.util.Optional;

/** Whether output goes to a terminal. Until Java 21 the console is absent without one, from Java 22 on it says so itself. */
public final class Terminal {

    private Terminal() {}

    public static boolean isPresent() {
        return console().isPresent();
    }

    /** The console of the person who watches. */
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
