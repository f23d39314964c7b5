package io.clinicalstreams.pipeline.domain.observation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A measured amount, like FHIR's Quantity.
 *
 * @param comparator {@code <}, {@code <=}, {@code >=}, {@code >} if the true value is only known to be on one side
 * @param value exactly as written, including trailing zeros; null if only the unit was given
 * @param unit the unit in human-readable form
 * @param system the system of {@code code}; {@code http://unitsofmeasure.org} is UCUM
 * @param code the coded unit
 */
public record Quantity(
        @Nullable String comparator,
        @Nullable BigDecimal value,
        @Nullable String unit,
        @Nullable String system,
        @Nullable String code) {

    private static final String UCUM = "http://unitsofmeasure.org";

    /** The quantity with this amount. */
    static Quantity of(Amount amount) {
        Interval interval = amount.value();
        String symbol = interval.bound() == Interval.Bound.UNKNOWN
                ? "?"
                : interval.bound().symbol();
        String comparator = symbol.isEmpty() ? null : symbol;
        Unit unit = amount.unit();
        return unit.coded()
                ? new Quantity(comparator, interval.value(), null, UCUM, unit.text())
                : new Quantity(comparator, interval.value(), unit.text(), null, null);
    }

    /** Its number, with the unit's code if that is UCUM, else the unit's text; null without a number. */
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
