package io.clinicalstreams.verifier.rule;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a reported value can mean. {@code >600} can be any number above 600.
 *
 * @param low null when unbounded below
 * @param high null when unbounded above
 * @param open whether the ends are excluded
 */
record ValueRange(@Nullable BigDecimal low, @Nullable BigDecimal high, boolean open) {

    static ValueRange of(@Nullable String comparator, BigDecimal value) {
        if (comparator == null) {
            return new ValueRange(value, value, false);
        }
        return comparator.startsWith("<")
                ? new ValueRange(null, value, comparator.equals("<"))
                : new ValueRange(value, null, comparator.equals(">"));
    }

    /** Whether every number meets the bound. */
    boolean allMeet(Bound bound) {
        BigDecimal nearest = bound.upward() ? low : high;
        if (nearest == null) {
            return false;
        }
        int beyond = distance(nearest, bound);
        return beyond > 0 || (beyond == 0 && (bound.closed() || open));
    }

    /** Whether some numbers meet the bound and others do not. */
    boolean isCutBy(Bound bound) {
        return !allMeet(bound) && !noneMeets(bound);
    }

    private boolean noneMeets(Bound bound) {
        BigDecimal farthest = bound.upward() ? high : low;
        if (farthest == null) {
            return false;
        }
        int beyond = distance(farthest, bound);
        return beyond < 0 || (beyond == 0 && (!bound.closed() || open));
    }

    /** Positive when the number is beyond the limit, on the side that meets it. */
    private static int distance(BigDecimal number, Bound bound) {
        int order = number.compareTo(bound.limit());
        return bound.upward() ? order : -order;
    }
}
