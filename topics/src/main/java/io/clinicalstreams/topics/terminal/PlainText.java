package io.clinicalstreams.topics.terminal;

import java.util.Locale;

/**
 * Removes control characters from external text before it reaches a terminal.
 * Hand-written: no library on the class path does this.
 */
public final class PlainText {

    private PlainText() {}

    /** The same text with each invisible character as its code, for example a backslash, u and {1b}. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isInvisible(character)) {
                plain.append(String.format(Locale.ROOT, "\\u{%x}", character));
            } else {
                plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    private static boolean isInvisible(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
