package io.clinicalstreams.verifier.account;

import java.util.List;

/**
 * A guarantee of the system, and where it was broken. A test asserts that it is kept; a benchmark fails when it is not.
 */
public interface Promise {

    /** The first places where it does not hold, a line each, without content; empty when it is kept. */
    List<String> broken();

    default boolean isKept() {
        return broken().isEmpty();
    }
}
