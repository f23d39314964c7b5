package io.clinicalstreams.verifier.rule;

import java.math.BigDecimal;

/**
 * A limit such as {@code >=6.5}, with the numbers that meet it.
 *
 * @param upward true when large numbers meet it
 * @param closed true when the limit itself meets it
 */
public record Bound(boolean upward, boolean closed, BigDecimal limit) {

    static Bound parse(String text) {
        boolean closed = text.startsWith("=", 1);
        return new Bound(text.startsWith(">"), closed, new BigDecimal(text.substring(closed ? 2 : 1)));
    }

    Bound times(BigDecimal factor) {
        return new Bound(upward, closed, limit.multiply(factor));
    }

    /** As a rule and its alerts write it. */
    @Override
    public String toString() {
        return (upward ? ">" : "<") + (closed ? "=" : "") + limit;
    }
}
