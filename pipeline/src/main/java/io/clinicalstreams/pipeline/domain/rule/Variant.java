package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Threshold;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule's limits for one way of reporting its analyte: mass and molar concentration have codes, units and limits of
 * their own, because no unit conversion leads from one to the other.
 *
 * @param unit the UCUM code of the unit of all limits
 * @param sameUnits other ways to write that very unit
 * @param levels the gravest first
 * @param clear the limit that ends an episode
 */
public record Variant(List<Coding> codes, String unit, Set<String> sameUnits, List<Level> levels, Threshold clear) {

    public Variant {
        codes = List.copyOf(codes);
        sameUnits = Set.copyOf(sameUnits);
        levels = levels.stream()
                .sorted(Comparator.comparing(Level::severity).reversed())
                .toList();
        if (codes.isEmpty() || levels.isEmpty()) {
            throw new IllegalArgumentException("a variant needs a code and a level");
        }
        boolean upward = levels.get(0).threshold().comparison().isUpward();
        if (clear.comparison().isUpward() == upward
                || levels.stream()
                        .anyMatch(level -> level.threshold().comparison().isUpward() != upward)) {
            throw new IllegalArgumentException("all levels must look the same way and clear the other way");
        }
    }

    /** True where high values are dangerous. */
    public boolean isUpward() {
        return levels.get(0).threshold().comparison().isUpward();
    }

    /** Whether it knows one of a measurement's codes. */
    boolean isFor(Measurement measurement) {
        for (Coding coding : measurement.codings()) {
            if (codes.contains(coding)) {
                return true;
            }
        }
        return false;
    }

    /** From a measured unit to the limits' own; null when the unit is not known, or measures another thing. */
    @Nullable
    Conversion conversion(Unit measured, UnitConversion units) {
        return measured.text().equals(unit) || sameUnits.contains(measured.text())
                ? Conversion.IDENTITY
                : units.between(measured, unit).orElse(null);
    }
}
