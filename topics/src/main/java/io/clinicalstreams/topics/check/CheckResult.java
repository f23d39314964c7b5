package io.clinicalstreams.topics.check;

import java.util.List;
import java.util.Locale;

/**
 * What came of one check.
 *
 * @param name for example {@code partitions}; API
 * @param details a line for each thing that is not as it should be, or why it was skipped; where it held, what was looked
 *     at
 */
public record CheckResult(String name, Verdict verdict, List<String> details) {

    /** How a check can end. */
    public enum Verdict {
        HELD,
        NOT_HELD,
        /** Nothing is wrong on the cluster, but the catalogue's authors owe something. */
        PENDING,
        /** There is nothing to check, or nothing to check it with. */
        SKIPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public CheckResult {
        details = List.copyOf(details);
    }

    /** Held when nothing is wrong. */
    public static CheckResult of(String name, List<String> wrong, String whenHeld) {
        return wrong.isEmpty()
                ? new CheckResult(name, Verdict.HELD, List.of(whenHeld))
                : new CheckResult(name, Verdict.NOT_HELD, wrong);
    }

    public static CheckResult skipped(String name, String why) {
        return new CheckResult(name, Verdict.SKIPPED, List.of(why));
    }
}
