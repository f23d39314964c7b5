package io.clinicalstreams.verifier.account;

import io.clinicalstreams.topics.check.CheckResult;
import java.util.List;

/**
 * A guarantee of the system, and where it was violated. Tests assert that it held; a benchmark fails when it did not.
 */
public interface Promise {

    /** The first violations, one line each, without content; empty when it held. */
    List<String> broken();

    default boolean isKept() {
        return broken().isEmpty();
    }

    default CheckResult result(String name, String whenHeld) {
        return CheckResult.of(name, broken(), whenHeld);
    }
}
