package io.clinicalstreams.pipeline.fhir.json;

import java.nio.charset.StandardCharsets;

/** The text of a JSON string, unescaped. */
public final class Text {

    private Text() {}

    public static String of(byte[] bytes, long span) {
        int start = Span.start(span);
        int end = Span.end(span);
        if (Span.isEscaped(span)) {
            return unescape(bytes, start, end);
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The same text as UTF-8. */
    public static byte[] utf8(byte[] bytes, long span) {
        return of(bytes, span).getBytes(StandardCharsets.UTF_8);
    }

    private static String unescape(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            int plain = at;
            while (plain < end && bytes[plain] != '\\') {
                plain++;
            }
            text.append(new String(bytes, at, plain - at, StandardCharsets.UTF_8));
            at = plain < end ? appendEscape(bytes, plain, text) : end;
        }
        return text.toString();
    }

    /** Appends the unescaped character and returns the end of the escape, which the lexer has checked. */
    private static int appendEscape(byte[] bytes, int backslash, StringBuilder text) {
        char kind = (char) bytes[backslash + 1];
        if (kind == 'u') {
            int unit = 0;
            for (int i = backslash + 2; i < backslash + 6; i++) {
                unit = unit << 4 | Character.digit(bytes[i], 16);
            }
            text.append((char) unit);
            return backslash + 6;
        }
        text.append(
                switch (kind) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> kind;
                });
        return backslash + 2;
    }

    /** True if the text has more characters than this. Decodes it only if it has more bytes than this. */
    static boolean isLongerThan(int characters, byte[] bytes, long span) {
        if (Span.length(span) <= characters) {
            return false;
        }
        String text = of(bytes, span);
        return text.codePointCount(0, text.length()) > characters;
    }
}
