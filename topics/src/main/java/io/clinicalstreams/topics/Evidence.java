package io.clinicalstreams.topics;

import java.util.regex.Pattern;

/**
 * What may be said to show that a setting is right:
 *
 * <ul>
 *   <li>{@code pending}: nothing yet;
 *   <li>{@code measured NAME: RESULT} or {@code experiment NAME: RESULT}: NAME is the command, the test or the experiment,
 *       and under what conditions, so that somebody else can do it again;
 *   <li>{@code documentation: WHERE}: what the software's own documentation promises;
 *   <li>{@code issue: WHICH}: what is only reported in somebody's issue tracker.
 * </ul>
 */
final class Evidence {

    /** Until somebody has shown the setting's effect. */
    static final String PENDING = "pending";

    private static final Pattern GRAMMAR = Pattern.compile(
            PENDING + "|(measured|experiment) [^\\s:][^:]*: \\S.*|(documentation|issue): \\S.*", Pattern.DOTALL);

    private Evidence() {}

    /** @throws IllegalArgumentException when a text is none of these */
    static String require(String path, String text) {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(path + ": must be 'pending', 'documentation: WHERE', 'issue: WHICH',"
                    + " 'measured NAME: RESULT' or 'experiment NAME: RESULT', where NAME is the command or experiment,"
                    + " was '" + text + "'");
        }
        return text;
    }
}
