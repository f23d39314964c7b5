package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Threshold;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule's limits for one way of reporting its analyte. Mass and molar concentration have a variant each, because no unit
 * conversion exists between them; both may have the same codes, and the unit decides which applies.
 *
 * @param unit the UCUM code of the unit of all limits
 * @param sameUnits other spellings of the same unit; either mu is kept as u
 * @param levels the most severe first
 * @param clear the limit that ends an episode
 */
public record Variant(List<Coding> codes, String unit, Set<String> sameUnits, List<Level> levels, Threshold clear) {

    public Variant {
        codes = List.copyOf(codes);
        sameUnits = sameUnits.stream().map(Unit::withoutMu).collect(Collectors.toUnmodifiableSet());
        levels = levels.stream()
                .sorted(Comparator.comparing(Level::severity).reversed())
                .toList();
        if (codes.isEmpty() || levels.isEmpty()) {
            throw new IllegalArgumentException("a variant must have a code and a level");
        }
        boolean upward = levels.get(0).threshold().comparison().isUpward();
        if (clear.comparison().isUpward() == upward
                || levels.stream()
                        .anyMatch(level -> level.threshold().comparison().isUpward() != upward)) {
            throw new IllegalArgumentException("levels must be in one direction, clear in the other");
        }
    }

    /** True if high values are critical. */
    public boolean isUpward() {
        return levels.get(0).threshold().comparison().isUpward();
    }

    /** Whether it has one of a measurement's codes. */
    boolean isFor(Measurement measurement) {
        for (Coding coding : measurement.codings()) {
            if (codes.contains(coding)) {
                return true;
            }
        }
        return false;
    }

    /**
     * From a measured unit to the limits' unit; null if the unit is unknown or measures a different kind of quantity.
     */
    @Nullable
    Conversion conversion(Unit measured, UnitConversion units) {
        Unit latin = measured.withoutMu();
        return latin.text().equals(unit) || sameUnits.contains(latin.text())
                ? Conversion.IDENTITY
                : units.between(latin, unit).orElse(null);
    }

    /** Positive if the first is more extreme; null if they cannot be compared, as a mass and a molar concentration. */
    @Nullable
    Integer order(Amount one, Amount other, UnitConversion units) {
        Conversion from = conversion(one.unit(), units);
        Conversion fromOther = conversion(other.unit(), units);
        if (from == null || fromOther == null) {
            return null;
        }
        BigDecimal left = one.value().value().multiply(from.numerator()).multiply(fromOther.denominator());
        BigDecimal right = other.value().value().multiply(fromOther.numerator()).multiply(from.denominator());
        return isUpward() ? left.compareTo(right) : right.compareTo(left);
    }
}
