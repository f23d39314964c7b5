package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Decision;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Interval;
import io.clinicalstreams.pipeline.domain.observation.Threshold;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The assessment of one value against a rule's limits.
 *
 * @param level the most severe level that is certainly met
 */
record LimitAssessment(
        Variant variant,
        Amount amount,
        @Nullable Level level,
        @Override boolean higherUndecided,
        @Override boolean cleared,
        UnitConversion units)
        implements Assessment {

    /** @return null if the comparator leaves undecided whether anything is met */
    static @Nullable LimitAssessment of(Variant variant, Amount amount, Conversion conversion, UnitConversion units) {
        boolean same = conversion.equals(Conversion.IDENTITY);
        Interval scaled = same ? amount.value() : amount.value().times(conversion.numerator());
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
        return new LimitAssessment(variant, amount, met, undecided, clear == Decision.MET, units);
    }

    @Override
    public @Nullable Severity met() {
        return level == null ? null : level.severity();
    }

    @Override
    public String criterion() {
        Threshold limit = level == null ? variant.clear() : level.threshold();
        return limit.toString() + ' ' + variant.unit();
    }

    @Override
    public @Nullable Integer beyond(Evidence other) {
        return other.amount() == null ? null : variant.order(amount, other.amount(), units);
    }
}
