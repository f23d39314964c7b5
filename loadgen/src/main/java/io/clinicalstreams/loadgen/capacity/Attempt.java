package io.clinicalstreams.loadgen.capacity;

import java.util.List;

/**
 * A run at one rate.
 *
 * @param rate records per second
 * @param failures why it did not hold, one text each; empty if it held
 */
public record Attempt(double rate, List<String> failures) {

    public Attempt {
        failures = List.copyOf(failures);
    }

    public boolean held() {
        return failures.isEmpty();
    }
}
