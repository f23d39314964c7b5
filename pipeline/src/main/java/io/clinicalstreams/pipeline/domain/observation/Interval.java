package io.clinicalstreams.pipeline.domain.observation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A measured value: exact, or bounded on one side. {@code >600} is some number above 600. Exact decimals of any size.
 *
 * @param bound how the true value compares to {@code value}
 */
public record Interval(Bound bound, BigDecimal value) {

    /** How the true value compares to the reported number. */
    public enum Bound {
        EXACTLY(""),
        BELOW("<"),
        AT_MOST("<="),
        AT_LEAST(">="),
        ABOVE(">"),
        /** An unknown comparator: nothing can be decided. */
        UNKNOWN("");

        private final String symbol;

        Bound(String symbol) {
            this.symbol = symbol;
        }

        /** FHIR's comparator; empty if there is none. */
        public String symbol() {
            return symbol;
        }

        private boolean isUpper() {
            return this == BELOW || this == AT_MOST;
        }

        /** True if the reported number itself is not a possible value. */
        private boolean isOpen() {
            return this == BELOW || this == ABOVE;
        }

        private static Bound of(@Nullable String comparator) {
            if (comparator == null) {
                return EXACTLY;
            }
            return switch (comparator) {
                case "<" -> BELOW;
                case "<=" -> AT_MOST;
                case ">=" -> AT_LEAST;
                case ">" -> ABOVE;
                default -> UNKNOWN;
            };
        }
    }

    public static Interval of(@Nullable String comparator, BigDecimal value) {
        return new Interval(Bound.of(comparator), value);
    }

    /** Met if every possible value meets the threshold, not met if none does. */
    public Decision decide(Threshold threshold) {
        if (bound == Bound.UNKNOWN) {
            return Decision.UNDECIDED;
        }
        int order = value.compareTo(threshold.limit());
        boolean holds = threshold.comparison().holds(order);
        if (bound == Bound.EXACTLY) {
            return holds ? Decision.MET : Decision.NOT_MET;
        }
        boolean touches = bound.isOpen() && order == 0;
        if (bound.isUpper() == threshold.comparison().isUpward()) {
            return !holds || touches ? Decision.NOT_MET : Decision.UNDECIDED;
        }
        return holds || touches ? Decision.MET : Decision.UNDECIDED;
    }

    public Interval times(BigDecimal factor) {
        return new Interval(bound, value.multiply(factor));
    }

    /** Hides the value: this may end up in a log. */
    @Override
    public String toString() {
        return "Interval[hidden]";
    }
}
