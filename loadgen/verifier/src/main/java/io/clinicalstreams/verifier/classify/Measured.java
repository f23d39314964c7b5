package io.clinicalstreams.verifier.classify;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One result in an Observation: its own, or a component's.
 *
 * @param codes {@code system|code} of each coding that has both
 * @param value exactly as written; null when there is no number
 * @param unit the UCUM code, else the text beside the number; null when there is neither
 */
public record Measured(
        List<String> codes,
        @Nullable String comparator,
        @Nullable BigDecimal value,
        @Nullable String unit) {

    private static final String UCUM = "http://unitsofmeasure.org";

    public Measured {
        codes = List.copyOf(codes);
    }

    static Measured of(Json.Members observationOrComponent) {
        List<String> codes = codes(observationOrComponent);
        if (!(observationOrComponent.get("valueQuantity") instanceof Json.Members quantity)) {
            return new Measured(codes, null, null, null);
        }
        boolean coded = UCUM.equals(quantity.text("system")) && quantity.has("code");
        return new Measured(
                codes,
                quantity.text("comparator"),
                quantity.get("value") instanceof Json.Numeral number ? new BigDecimal(number.text()) : null,
                quantity.text(coded ? "code" : "unit"));
    }

    private static List<String> codes(Json.Members observationOrComponent) {
        if (!(observationOrComponent.get("code") instanceof Json.Members concept)
                || !(concept.get("coding") instanceof Json.Items codings)) {
            return List.of();
        }
        return codings.values().stream()
                .filter(Json.Members.class::isInstance)
                .map(Json.Members.class::cast)
                .filter(coding -> coding.text("system") != null && coding.text("code") != null)
                .map(coding -> coding.text("system") + '|' + coding.text("code"))
                .toList();
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Measured[hidden]";
    }
}
