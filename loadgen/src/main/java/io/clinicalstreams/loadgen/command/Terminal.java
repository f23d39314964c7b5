package io.clinicalstreams.loadgen.command;

import java.io.Console;
import java.util.Optional;

/** Whether somebody watches. Until Java 21 the console is absent where nobody does, from Java 22 on it says so itself. */
final class Terminal {

    private Terminal() {}

    static boolean isPresent() {
        return Optional.ofNullable(System.console()).map(Terminal::isTerminal).orElse(false);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
