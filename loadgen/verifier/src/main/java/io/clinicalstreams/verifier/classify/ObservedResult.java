package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.verifier.json.JsonValue;
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
public record ObservedResult(
        List<String> codes,
        @Nullable String comparator,
        @Nullable BigDecimal value,
        @Nullable String unit) {

    private static final String UCUM = "http://unitsofmeasure.org";

    public ObservedResult {
        codes = List.copyOf(codes);
    }

    static ObservedResult of(JsonValue.Members observationOrComponent) {
        List<String> codes = codes(observationOrComponent);
        if (!(observationOrComponent.get("valueQuantity") instanceof JsonValue.Members quantity)) {
            return new ObservedResult(codes, null, null, null);
        }
        boolean coded = UCUM.equals(quantity.text("system")) && quantity.has("code");
        return new ObservedResult(
                codes,
                quantity.text("comparator"),
                quantity.get("value") instanceof JsonValue.Numeral number ? new BigDecimal(number.text()) : null,
                quantity.text(coded ? "code" : "unit"));
    }

    private static List<String> codes(JsonValue.Members observationOrComponent) {
        if (!(observationOrComponent.get("code") instanceof JsonValue.Members concept)
                || !(concept.get("coding") instanceof JsonValue.Items codings)) {
            return List.of();
        }
        return codings.values().stream()
                .filter(JsonValue.Members.class::isInstance)
                .map(JsonValue.Members.class::cast)
                .filter(coding -> coding.text("system") != null && coding.text("code") != null)
                .map(coding -> coding.text("system") + '|' + coding.text("code"))
                .toList();
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "ObservedResult[hidden]";
    }
}
