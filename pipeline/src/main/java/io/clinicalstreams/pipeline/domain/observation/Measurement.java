package io.clinicalstreams.pipeline.domain.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, and the result: code, value and interpretation of an Observation or of a component.
 *
 * @param quantity null if the value is missing or of another type
 * @param hasOtherValue true if there is a value of another type
 * @param interpretations the laboratory's interpretation of the result, such as high or critical
 * @param isModified whether a modifierExtension may change its meaning; none is known here
 */
public record Measurement(
        List<Coding> codings,
        @Nullable Quantity quantity,
        boolean hasOtherValue,
        List<Coding> interpretations,
        boolean isModified) {

    /** Whether it has a value or an interpretation. */
    public boolean isResult() {
        return amount() != null || hasOtherValue || !interpretations.isEmpty();
    }

    /** The same, as part of an Observation that has a modifierExtension. */
    public Measurement modified() {
        return new Measurement(codings, quantity, hasOtherValue, interpretations, true);
    }

    /** Null if there is no number. */
    @Nullable
    public Amount amount() {
        return quantity == null ? null : quantity.amount();
    }
}
