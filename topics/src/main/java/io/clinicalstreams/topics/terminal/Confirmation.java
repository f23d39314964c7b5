package io.clinicalstreams.topics.terminal;

import java.io.Console;
import java.util.Locale;

/** Asks the user whether to continue. */
public interface Confirmation {

    /** The user's answer. */
    enum Answer {
        YES,
        NO,
        /** Neither input nor output is a terminal. */
        NO_TERMINAL
    }

    Answer ask(String question);

    /** Only the typed word yes confirms; input from a pipe never does. */
    static Answer atTheTerminal(String question) {
        return Terminal.console().map(console -> ask(console, question)).orElse(Answer.NO_TERMINAL);
    }

    private static Answer ask(Console console, String question) {
        String answer = console.readLine("%s ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes") ? Answer.YES : Answer.NO;
    }
}
