package io.clinicalstreams.pipeline.domain.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, and the result: code, value and interpretation of an Observation or of a component.
 *
 * @param quantity null if the value is missing or of another type
 * @param hasOtherValue true if there is a value of another type
 * @param interpretations the laboratory's interpretation of the result, such as high or critical
 */
public record Measurement(
        List<Coding> codings, @Nullable Quantity quantity, boolean hasOtherValue, List<Coding> interpretations) {

    /** Whether it has a value or an interpretation. */
    public boolean isResult() {
        return amount() != null || hasOtherValue || !interpretations.isEmpty();
    }

    /** Null if there is no number. */
    @Nullable
    public Amount amount() {
        return quantity == null ? null : quantity.amount();
    }
}
