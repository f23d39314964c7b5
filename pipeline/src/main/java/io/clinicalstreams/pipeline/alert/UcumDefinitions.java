package io.clinicalstreams.pipeline.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.fhir.ucum.BaseUnit;
import org.fhir.ucum.Component;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.ExpressionParser;
import org.fhir.ucum.Factor;
import org.fhir.ucum.Operator;
import org.fhir.ucum.Symbol;
import org.fhir.ucum.Term;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumModel;
import org.fhir.ucum.Unit;
import org.jspecify.annotations.Nullable;

/**
 * UCUM's units as exact measures. The library parses units and has their definitions, but its arithmetic rounds
 * divisions, so factors are computed here.
 */
final class UcumDefinitions {

    /** Units longer than any real one are not parsed: they come from input, and the parser is recursive. */
    static final int LONGEST = 64;

    private static final int LARGEST_EXPONENT = 30;

    /**
     * An equivalent is a mole divided by the ion's charge, which depends on the analyte; UCUM defines it, and osm, as a
     * mole.
     */
    private static final Set<String> OF_CHARGE = Set.of("eq", "osm");

    private static final String MOLE = "mol";

    private final UcumModel model;

    private UcumDefinitions(UcumModel model) {
        this.model = model;
    }

    static UcumDefinitions load() {
        try (InputStream essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
            if (essence == null) {
                throw new IllegalStateException("ucum-essence.xml is not on the class path");
            }
            return new UcumDefinitions(new UcumEssenceService(essence).getModel());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (UcumException wrong) {
            throw new IllegalStateException("ucum-essence.xml cannot be read", wrong);
        }
    }

    /** Empty if it is not a UCUM unit, or does not convert by a factor. */
    Optional<UcumMeasure> measure(String unit) {
        if (unit.isEmpty() || unit.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            UcumMeasure measure = expanded(unit);
            return measure == null ? Optional.empty() : Optional.of(measure.annotated(annotations(unit)));
        } catch (UcumException | RuntimeException notUcum) {
            return Optional.empty();
        }
    }

    private @Nullable UcumMeasure expanded(String unit) throws UcumException {
        return measure(new ExpressionParser(model).parse(unit));
    }

    /** A term is a chain of components; each multiplies or divides the product before it. */
    private @Nullable UcumMeasure measure(Term chain) throws UcumException {
        UcumMeasure product = UcumMeasure.ONE;
        boolean divide = false;
        for (Term term = chain; term != null; term = term.getTerm()) {
            boolean leadingSolidus = term == chain && !term.hasComp();
            UcumMeasure measure = leadingSolidus ? UcumMeasure.ONE : measure(term.getComp());
            if (measure == null) {
                return null;
            }
            product = product.times(divide ? measure.power(-1) : measure);
            divide = term.getOp() == Operator.DIVISION;
        }
        return product;
    }

    private @Nullable UcumMeasure measure(@Nullable Component component) throws UcumException {
        if (component instanceof Term term) {
            return measure(term);
        }
        if (component instanceof Factor factor) {
            return factor.getValue() > 0 ? UcumMeasure.of(Ratio.of(BigDecimal.valueOf(factor.getValue()))) : null;
        }
        return component instanceof Symbol symbol ? measure(symbol) : null;
    }

    private @Nullable UcumMeasure measure(Symbol symbol) throws UcumException {
        UcumMeasure unit = measure(symbol.getUnit());
        if (unit == null || Math.abs(symbol.getExponent()) > LARGEST_EXPONENT) {
            return null;
        }
        UcumMeasure prefixed = symbol.hasPrefix()
                ? unit.times(UcumMeasure.of(ratio(symbol.getPrefix().getValue())))
                : unit;
        return prefixed.power(symbol.getExponent());
    }

    private @Nullable UcumMeasure measure(Unit unit) throws UcumException {
        if (unit instanceof BaseUnit || unit.getCode().equals(MOLE)) {
            return UcumMeasure.ofThing(unit.getCode());
        }
        if (!(unit instanceof DefinedUnit defined) || defined.isSpecial() || OF_CHARGE.contains(unit.getCode())) {
            return null;
        }
        UcumMeasure measure = expanded(defined.getValue().getUnit());
        if (measure == null) {
            return null;
        }
        boolean arbitrary = measure.isNumber() && unit.getCode().startsWith("[");
        return arbitrary
                ? UcumMeasure.ofThing(unit.getCode())
                : measure.times(UcumMeasure.of(ratio(defined.getValue().getValue())));
    }

    private static Ratio ratio(Decimal decimal) {
        return Ratio.of(new BigDecimal(decimal.asScientific()));
    }

    private static Set<String> annotations(String unit) {
        Set<String> found = new HashSet<>();
        int start = unit.indexOf('{');
        while (start >= 0) {
            int end = unit.indexOf('}', start);
            String annotation = end < 0 ? unit.substring(start) : unit.substring(start, end + 1);
            if (annotation.chars().anyMatch(Character::isDigit)) {
                found.add(annotation);
            }
            start = unit.indexOf('{', start + 1);
        }
        return found;
    }
}
