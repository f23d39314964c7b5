package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.verifier.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One result of an Observation: its own or a component's.
 *
 * @param codes {@code system|code} of each coding that has both
 * @param value exactly as written; null when there is no number
 * @param unit the UCUM code, else the unit's text; null when there is neither
 * @param coded whether the unit is a UCUM code
 * @param analyte system and code, on two lines, of the first LOINC coding, else of the first with a code; null without
 *     one
 * @param hasOtherValue whether there is a value that is no number
 * @param interpretations {@code system|code} of each coding of each interpretation that has a code; without a system
 *     it begins with the bar
 * @param isModified whether it or its Observation has a modifierExtension, so that it is not evaluated
 */
public record ObservedResult(
        List<String> codes,
        @Nullable String comparator,
        @Nullable BigDecimal value,
        @Nullable String unit,
        boolean coded,
        @Nullable String analyte,
        boolean hasOtherValue,
        List<String> interpretations,
        boolean isModified) {

    private static final String LOINC = "http://loinc.org";
    private static final Pattern LOINC_IN_OTHER_WORDS =
            Pattern.compile("urn:oid:2\\.16\\.840\\.1\\.113883\\.6\\.1|https://loinc\\.org/?|http://loinc\\.org/");
    private static final String UCUM = "http://unitsofmeasure.org";

    public ObservedResult {
        codes = List.copyOf(codes);
        interpretations = List.copyOf(interpretations);
    }

    /** @param observation that it belongs to, or is */
    static ObservedResult of(JsonValue.Members observationOrComponent, JsonValue.Members observation) {
        JsonValue.Members code = observationOrComponent.object("code");
        List<JsonValue.Members> codings = code == null ? List.of() : code.objects("coding");
        List<JsonValue.Members> interpretations = observationOrComponent.objects("interpretation").stream()
                .flatMap(interpretation -> interpretation.objects("coding").stream())
                .toList();
        JsonValue.Members quantity = observationOrComponent.object("valueQuantity");
        BigDecimal value = quantity != null && quantity.get("value") instanceof JsonValue.Numeral number
                ? new BigDecimal(number.text())
                : null;
        boolean coded = quantity != null && UCUM.equals(quantity.text("system")) && quantity.has("code");
        boolean other = ObservationRules.VALUES.stream()
                .anyMatch(name -> !name.equals("valueQuantity") && observationOrComponent.has(name));
        return new ObservedResult(
                codes(codings),
                quantity == null ? null : quantity.text("comparator"),
                value,
                quantity == null ? null : quantity.text(coded ? "code" : "unit"),
                coded,
                analyte(codings),
                other,
                interpretations.stream()
                        .filter(coding -> coding.text("code") != null)
                        .map(coding -> Objects.toString(coding.text("system"), "") + '|' + coding.text("code"))
                        .toList(),
                hasModifier(observationOrComponent) || hasModifier(observation));
    }

    /** Whether there is a number, a value of another type or an interpretation. */
    public boolean isResult() {
        return value != null || hasOtherValue || !interpretations.isEmpty();
    }

    /** Whether value and interpretations are those of another. */
    public boolean hasSameResult(ObservedResult other) {
        return String.valueOf(value).equals(String.valueOf(other.value))
                && Objects.equals(comparator, other.comparator)
                && Objects.equals(unit, other.unit)
                && hasOtherValue == other.hasOtherValue
                && interpretations.equals(other.interpretations);
    }

    private static boolean hasModifier(JsonValue.Members element) {
        return element.objects("modifierExtension").stream().anyMatch(modifier -> !Set.of("id")
                .containsAll(modifier.elements().keySet()));
    }

    /** The system as FHIR writes it: LOINC's has other forms. */
    private static @Nullable String system(JsonValue.Members coding) {
        String system = coding.text("system");
        return system != null && LOINC_IN_OTHER_WORDS.matcher(system).matches() ? LOINC : system;
    }

    private static @Nullable String analyte(List<JsonValue.Members> codings) {
        List<JsonValue.Members> named =
                codings.stream().filter(coding -> coding.text("code") != null).toList();
        return Stream.concat(named.stream().filter(coding -> LOINC.equals(system(coding))), named.stream())
                .map(coding -> Objects.toString(system(coding), "") + '\n' + coding.text("code"))
                .findFirst()
                .orElse(null);
    }

    private static List<String> codes(List<JsonValue.Members> codings) {
        return codings.stream()
                .filter(coding -> coding.text("system") != null && coding.text("code") != null)
                .map(coding -> system(coding) + '|' + coding.text("code"))
                .toList();
    }

    /** Hides the content: this text may be logged. */
    @Override
    public String toString() {
        return "ObservedResult[hidden]";
    }
}
