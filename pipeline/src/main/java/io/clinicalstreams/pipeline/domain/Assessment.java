package io.clinicalstreams.pipeline.domain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a rule's limits say about one value.
 *
 * @param met the gravest level that is met for certain
 * @param higherUndecided a graver level than {@code met} may be met, or not
 * @param cleared the clear limit is met for certain
 */
record Assessment(
        Variant variant,
        Interval value,
        Unit unit,
        @Nullable Level met,
        boolean higherUndecided,
        boolean cleared) {

    /** @return null when the comparator leaves open whether anything is met */
    static @Nullable Assessment of(Variant variant, Interval value, Unit unit, Conversion conversion) {
        boolean same = conversion.equals(Conversion.IDENTITY);
        Interval scaled = same ? value : value.times(conversion.numerator());
        BigDecimal factor = conversion.denominator();
        Level met = null;
        boolean undecided = false;
        for (int i = 0; i < variant.levels().size() && met == null; i++) {
            Level level = variant.levels().get(i);
            Decision decision =
                    scaled.decide(same ? level.threshold() : level.threshold().times(factor));
            undecided |= decision == Decision.UNDECIDED;
            met = decision == Decision.MET ? level : null;
        }
        Decision clear = scaled.decide(same ? variant.clear() : variant.clear().times(factor));
        if (met == null && clear != Decision.MET && (undecided || clear == Decision.UNDECIDED)) {
            return null;
        }
        return new Assessment(variant, value, unit, met, undecided, clear == Decision.MET);
    }
}
