package io.clinicalstreams.topics.wire;

/** FHIR's id: 1 to 64 ASCII letters, digits, hyphens and dots. */
public final class ResourceIds {

    public static final int LONGEST = 64;

    private static final boolean[] PARTS = new boolean[128];

    static {
        for (int character = 0; character < PARTS.length; character++) {
            PARTS[character] = (character >= 'a' && character <= 'z')
                    || (character >= '0' && character <= '9')
                    || (character >= 'A' && character <= 'Z')
                    || character == '-'
                    || character == '.';
        }
    }

    private ResourceIds() {}

    /** Whether the rest of a text is an id. */
    public static boolean isId(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > LONGEST) {
            return false;
        }
        for (int at = from; at < text.length(); at++) {
            if (!isPart(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a character is valid in an id. */
    public static boolean isPart(int character) {
        return character >= 0 && character < PARTS.length && PARTS[character];
    }
}
