package io.clinicalstreams.topics.terminal;

import java.util.Locale;

/** Text from outside, for a terminal that it must not control. */
public final class PlainText {

    private PlainText() {}

    /** The same text; what does not show is shown by its number, for example a backslash, u and {1b}. */
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
