package io.clinicalstreams.topics.setting;

import java.util.Collection;
import java.util.Comparator;

/**
 * Finds the known name that a mistyped one most likely means. Hand-written: picocli suggests its own options only, and no
 * other library on the class path compares names.
 */
public final class Spelling {

    /** With more differences, a suggestion would be misleading. */
    private static final int FARTHEST = 3;

    private Spelling() {}

    /** What to add to a message: {@code ; did you mean NAME?} with the fewest letters changed; empty if none is close. */
    public static String suggestion(String typed, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(typed, name) <= FARTHEST)
                .min(Comparator.<String>comparingInt(name -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(near -> "; did you mean " + near + '?')
                .orElse("");
    }

    /** How many letters must be added, removed or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
