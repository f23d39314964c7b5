package io.clinicalstreams.pipeline.domain.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured and the result: an Observation's own code, value and interpretation, or those of a component.
 *
 * @param quantity null when the value is missing or of another type
 * @param hasOtherValue there is a value of another type
 * @param interpretations how the laboratory judges the result: high, critical
 */
public record Measurement(
        List<Coding> codings, @Nullable Quantity quantity, boolean hasOtherValue, List<Coding> interpretations) {

    /** Whether it says anything at all about what was measured. */
    public boolean isResult() {
        return amount() != null || hasOtherValue || !interpretations.isEmpty();
    }

    /** Null when there is no number. */
    @Nullable
    public Amount amount() {
        return quantity == null ? null : quantity.amount();
    }
}
