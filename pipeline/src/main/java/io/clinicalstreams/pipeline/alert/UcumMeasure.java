package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.observation.Conversion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A unit reduced to a factor and the base units it measures, each with its exponent. Two units convert if they measure
 * the same things. Stricter than UCUM for units that measure different things with the same dimension:
 *
 * <ul>
 *   <li>{@code mol} and every arbitrary unit ({@code [iU]}) are base units, not plain numbers;
 *   <li>plain numbers convert only if they are equal: {@code %} of a Quick test is not an {@code {INR}};
 *   <li>an annotation with a digit in it must be the same: {@code mL/min/{1.73_m2}} is not {@code mL/min}.
 * </ul>
 *
 * @param things base units by their exponents, none of which is 0
 * @param annotations that contain a digit
 */
record UcumMeasure(Ratio factor, Map<String, Integer> things, Set<String> annotations) {

    static final UcumMeasure ONE = new UcumMeasure(Ratio.ONE, Map.of(), Set.of());

    static UcumMeasure of(Ratio factor) {
        return new UcumMeasure(factor, Map.of(), Set.of());
    }

    static UcumMeasure ofThing(String name) {
        return new UcumMeasure(Ratio.ONE, Map.of(name, 1), Set.of());
    }

    boolean isNumber() {
        return things.isEmpty();
    }

    UcumMeasure times(UcumMeasure other) {
        Map<String, Integer> product = new HashMap<>(things);
        other.things.forEach((name, exponent) -> product.merge(name, exponent, Integer::sum));
        product.values().removeIf(exponent -> exponent == 0);
        Set<String> all = new TreeSet<>(annotations);
        all.addAll(other.annotations);
        return new UcumMeasure(factor.times(other.factor), Map.copyOf(product), Set.copyOf(all));
    }

    UcumMeasure power(int exponent) {
        Map<String, Integer> powers = new HashMap<>();
        things.forEach((name, each) -> powers.put(name, each * exponent));
        powers.values().removeIf(each -> each == 0);
        return new UcumMeasure(factor.power(exponent), Map.copyOf(powers), annotations);
    }

    UcumMeasure annotated(Set<String> more) {
        return new UcumMeasure(factor, things, more);
    }

    Optional<Conversion> into(UcumMeasure other) {
        if (!things.equals(other.things) || !annotations.equals(other.annotations)) {
            return Optional.empty();
        }
        Ratio ratio = factor.times(other.factor.inverse()).reduced();
        if (ratio.isOne()) {
            return Optional.of(Conversion.IDENTITY);
        }
        return isNumber() ? Optional.empty() : Optional.of(new Conversion(ratio.numerator(), ratio.denominator()));
    }
}
