package io.clinicalstreams.pipeline.domain.observation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A measured amount, as FHIR's Quantity.
 *
 * @param comparator {@code <}, {@code <=}, {@code >=}, {@code >} when the true value is only known to lie on one side
 * @param value exactly as written, trailing zeros included; null when only the unit was given
 * @param unit the unit for humans
 * @param system the system of {@code code}, UCUM when it is {@code http://unitsofmeasure.org}
 * @param code the coded unit
 */
public record Quantity(
        @Nullable String comparator,
        @Nullable BigDecimal value,
        @Nullable String unit,
        @Nullable String system,
        @Nullable String code) {

    private static final String UCUM = "http://unitsofmeasure.org";

    /** Its number, and its unit by code where that is one of UCUM, else by text; null without a number. */
    @Nullable
    Amount amount() {
        if (value == null) {
            return null;
        }
        Interval interval = Interval.of(comparator, value);
        if (code != null && UCUM.equals(system)) {
            return new Amount(interval, new Unit(code, true));
        }
        return new Amount(interval, unit == null ? Unit.NONE : new Unit(unit, false));
    }
}
