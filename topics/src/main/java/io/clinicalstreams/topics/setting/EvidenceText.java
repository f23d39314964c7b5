package io.clinicalstreams.topics.setting;

import java.util.regex.Pattern;

/**
 * Evidence that a setting's value is right:
 *
 * <ul>
 *   <li>{@code pending}: nothing yet; {@code pending; WHAT IS KNOWN}: something, but not that this value is right;
 *   <li>{@code measured NAME: RESULT} or {@code experiment NAME: RESULT}: NAME is the command, test or experiment with
 *   its conditions, so that others can repeat it; RESULT has a number;
 *   <li>{@code documentation: SOFTWARE, PLACE}: the value is the software's default, or its documentation gives the value
 *       or the rule from which it follows;
 *   <li>{@code issue: NUMBER}: only reported in an issue tracker.
 * </ul>
 */
public final class EvidenceText {

    /** The value is not yet shown to be right. */
    public static final String PENDING = "pending";

    private static final Pattern GRAMMAR = Pattern.compile(
            PENDING + "(; \\S.*)?"
                    + "|(measured|experiment) [^\\s:][^:]*: .*\\d.*"
                    + "|documentation: \\p{Lu}[^,:]*, \\S.*"
                    + "|issue: \\S*\\d.*",
            Pattern.DOTALL);

    private EvidenceText() {}

    /** @throws IllegalArgumentException if the text has none of these forms */
    static String require(String path, String text) {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(path + ": must be 'pending', 'pending; WHAT IS KNOWN',"
                    + " 'documentation: SOFTWARE, PLACE', 'issue: NUMBER', 'measured NAME: RESULT' or 'experiment NAME:"
                    + " RESULT', where NAME is the command or experiment and RESULT has a number, was '" + text + "'");
        }
        return text;
    }

    /** Evidence for a value derived from another value that has this evidence. */
    public static String pendingLike(String evidence) {
        return evidence.equals(PENDING) ? PENDING : PENDING + "; of the value elsewhere: " + evidence;
    }

    static boolean isPending(String evidence) {
        return evidence.startsWith(PENDING);
    }
}
