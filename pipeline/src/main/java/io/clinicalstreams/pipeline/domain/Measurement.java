package io.clinicalstreams.pipeline.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured and the result: an Observation's own code and value, or those of one of its components.
 *
 * @param quantity null when the value is missing or of another type
 */
public record Measurement(List<Coding> codings, @Nullable Quantity quantity) {

    /** Whether it says anything at all about what was measured. */
    boolean isResult() {
        return amount() != null;
    }

    /** Null when there is no number. */
    @Nullable
    Amount amount() {
        return quantity == null ? null : quantity.amount();
    }
}
