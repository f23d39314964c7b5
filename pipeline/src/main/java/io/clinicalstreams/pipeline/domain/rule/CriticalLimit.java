package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule that compares the value of one analyte with limits in one direction. An episode ends when the clear limit is
 * met.
 *
 * <p><b>Unit.</b> The code if its system is UCUM, else the unit text; neither: {@code unit-missing}. Of the variants
 * that share a coding with the measurement, the first one applies whose unit or same-units contain exactly that text,
 * or to whose unit it converts by UCUM; none: {@code unit-not-convertible}.
 *
 * <p><b>Level.</b> A value with a comparator is an interval. The reading's level is the most severe one that every
 * number in the interval meets. If there is none, not every number meets the clear limit, and some level or the clear
 * limit is met by some numbers but not by others: {@code comparator-undecided}.
 */
public record CriticalLimit(@Override RuleDefinition definition, List<Variant> variants) implements Rule {

    public CriticalLimit {
        variants = List.copyOf(variants);
        if (variants.isEmpty()
                || variants.stream().map(Variant::isUpward).distinct().count() != 1) {
            throw new IllegalArgumentException("a rule must have variants, all in the same direction");
        }
    }

    @Override
    public String kind() {
        return "critical-limit";
    }

    @Override
    public String criterionName() {
        return "limit";
    }

    @Override
    public Set<Coding> codes() {
        return variants.stream().flatMap(variant -> variant.codes().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean listensTo(Coding coding) {
        for (Variant variant : variants) {
            if (variant.codes().contains(coding)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Judgement evaluate(PatientState state, Reading reading, UnitConversion units) {
        Amount amount = reading.measurement().amount();
        if (amount == null) {
            return Judgement.none(state, NotEvaluated.NO_VALUE);
        }
        if (amount.unit().equals(Unit.NONE)) {
            return Judgement.none(state, NotEvaluated.UNIT_MISSING);
        }
        for (Variant variant : variants) {
            Conversion conversion =
                    variant.isFor(reading.measurement()) ? variant.conversion(amount.unit(), units) : null;
            if (conversion != null) {
                Assessment assessment = LimitAssessment.of(variant, amount, conversion, units);
                return assessment == null
                        ? Judgement.none(state, NotEvaluated.COMPARATOR_UNDECIDED)
                        : Judgement.of(state, assessment);
            }
        }
        return Judgement.none(state, NotEvaluated.UNIT_NOT_CONVERTIBLE);
    }

    @Override
    public @Nullable Integer order(Evidence one, Evidence other, UnitConversion units) {
        if (one.amount() == null || other.amount() == null) {
            return null;
        }
        for (Variant variant : variants) {
            Integer order = variant.order(one.amount(), other.amount(), units);
            if (order != null) {
                return order;
            }
        }
        return null;
    }
}
