package io.clinicalstreams.pipeline.fhir.json;

import org.jspecify.annotations.Nullable;

/** Is told of each token of a JSON text in order, while the walk reads or skips it. */
public interface TokenListener {

    /** A member's name: the walk can look it up. Its value is the next token. */
    void name();

    /** An array has another element: the next token. */
    void element();

    /** An object or an array begins, at the walk's position. */
    void open(boolean isObject);

    /** The innermost object or array ends. */
    void close();

    void string(long span);

    /** Within the limits of {@link Decimals}. */
    void number(long span);

    /** @param isBoolean false for null */
    void literal(boolean isBoolean);

    /**
     * What is expected of the next value. A value that was told where the same was expected, and was found good, need not
     * be told again. Null if it has to be.
     */
    @Nullable
    Object expected();

    /** True if a problem was found so far. */
    boolean hasProblem();
}
