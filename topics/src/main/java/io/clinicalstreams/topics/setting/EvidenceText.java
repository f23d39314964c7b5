package io.clinicalstreams.topics.setting;

import java.util.regex.Pattern;

/**
 * What may be said to show that a setting is right:
 *
 * <ul>
 *   <li>{@code pending}: nothing yet; {@code pending; WHAT IS KNOWN}: something, but not that this value is right;
 *   <li>{@code measured NAME: RESULT} or {@code experiment NAME: RESULT}: NAME is the command, the test or the experiment,
 *       and under what conditions, so that others can repeat it; the RESULT has a number;
 *   <li>{@code documentation: SOFTWARE, PLACE}: the value is the software's default, or its documentation gives the value
 *       or the rule from which it follows;
 *   <li>{@code issue: NUMBER}: what is only reported in an issue tracker.
 * </ul>
 */
public final class EvidenceText {

    /** Until the value is shown to be right. */
    public static final String PENDING = "pending";

    private static final Pattern GRAMMAR = Pattern.compile(
            PENDING + "(; \\S.*)?"
                    + "|(measured|experiment) [^\\s:][^:]*: .*\\d.*"
                    + "|documentation: \\p{Lu}[^,:]*, \\S.*"
                    + "|issue: \\S*\\d.*",
            Pattern.DOTALL);

    private EvidenceText() {}

    /** @throws IllegalArgumentException when a text is none of these */
    static String require(String path, String text) {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(path + ": must be 'pending', 'pending; WHAT IS KNOWN',"
                    + " 'documentation: SOFTWARE, PLACE', 'issue: NUMBER', 'measured NAME: RESULT' or 'experiment NAME:"
                    + " RESULT', where NAME is the command or experiment and RESULT has a number, was '" + text + "'");
        }
        return text;
    }

    /** Of a setting whose value was chosen because of another one, of which something may be known. */
    public static String pendingLike(String evidence) {
        return evidence.equals(PENDING) ? PENDING : PENDING + "; of the value elsewhere: " + evidence;
    }

    static boolean isPending(String evidence) {
        return evidence.startsWith(PENDING);
    }
}
