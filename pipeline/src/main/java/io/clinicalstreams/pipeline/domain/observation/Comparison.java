package io.clinicalstreams.pipeline.domain.observation;

/** How a value must compare to a limit. */
public enum Comparison {
    LT("<", false),
    LE("<=", false),
    GE(">=", true),
    GT(">", true);

    private final String symbol;
    private final boolean upward;

    Comparison(String symbol, boolean upward) {
        this.symbol = symbol;
        this.upward = upward;
    }

    public String symbol() {
        return symbol;
    }

    /** True if high values meet the limit. */
    public boolean isUpward() {
        return upward;
    }

    /** @param order negative, 0 or positive: the value is below, at or above the limit */
    boolean holds(int order) {
        return switch (this) {
            case LT -> order < 0;
            case LE -> order <= 0;
            case GE -> order >= 0;
            case GT -> order > 0;
        };
    }
}
