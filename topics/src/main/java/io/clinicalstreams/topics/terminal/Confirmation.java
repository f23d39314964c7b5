package io.clinicalstreams.topics.terminal;

import java.io.Console;
import java.util.Locale;

/** Asks a person whether to go on. */
public interface Confirmation {

    /** What came of asking. */
    enum Answer {
        YES,
        NO,
        /** Neither input nor output is a terminal. */
        NO_TERMINAL
    }

    Answer ask(String question);

    /** Only the word yes is a yes; so is nothing that a pipe says. */
    static Answer atTheTerminal(String question) {
        return Terminal.console().map(console -> ask(console, question)).orElse(Answer.NO_TERMINAL);
    }

    private static Answer ask(Console console, String question) {
        String answer = console.readLine("%s ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes") ? Answer.YES : Answer.NO;
    }
}
