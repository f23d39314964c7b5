package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What FHIR R4 demands of a MedicationRequest, an Encounter and a MedicationKnowledge. */
final class MedicationAndEncounterRules {

    private static final Set<String> REQUEST_STATUS =
            Set.of("active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown");

    private static final Set<String> INTENT = Set.of(
            "proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option");

    private static final List<String> MEDICATION = List.of("medicationCodeableConcept", "medicationReference");

    private static final Set<String> ENCOUNTER_STATUS = Set.of(
            "planned",
            "arrived",
            "triaged",
            "in-progress",
            "onleave",
            "finished",
            "cancelled",
            "entered-in-error",
            "unknown");

    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

    private static final Set<String> KNOWLEDGE_STATUS = Set.of("active", "inactive", "entered-in-error");

    private MedicationAndEncounterRules() {}

    static void medicationRequest(JsonValue.Members request, Defects defects) {
        Elements elements = new Elements(request, defects);
        elements.requiredCode("status", REQUEST_STATUS, Reason.MISSING_STATUS, Reason.INVALID_STATUS);
        elements.requiredCode("intent", INTENT, Reason.MISSING_INTENT, Reason.INVALID_INTENT);
        elements.atMostOneOf(MEDICATION);
        if (elements.present(MEDICATION) == 0) {
            defects.must(Reason.MISSING_MEDICATION);
        }
        for (String medication : MEDICATION) {
            if (elements.isPresent(medication)) {
                elements.requiredObject(medication, Reason.MISSING_MEDICATION);
            }
        }
        elements.dateTime("authoredOn");
    }

    static void encounter(JsonValue.Members encounter, Defects defects) {
        Elements elements = new Elements(encounter, defects);
        elements.requiredCode("status", ENCOUNTER_STATUS, Reason.MISSING_STATUS, Reason.INVALID_STATUS);
        elements.requiredObject("class", Reason.MISSING_CLASS);
        elements.period("period");
        for (JsonValue.Members past : elements.objects("statusHistory")) {
            Elements inner = elements.of(past);
            inner.requiredCode("status", ENCOUNTER_STATUS, Reason.INVALID_VALUE, Reason.INVALID_VALUE);
            inner.period("period");
            if (!inner.hasContent("period")) {
                defects.must(Reason.INVALID_VALUE, Reason.WRONG_ELEMENT_TYPE);
            }
        }
        for (JsonValue.Members place : elements.objects("location")) {
            if (!elements.of(place).hasContent("location")) {
                defects.must(Reason.INVALID_VALUE, Reason.WRONG_ELEMENT_TYPE);
            }
        }
    }

    static void medicationKnowledge(JsonValue.Members knowledge, Defects defects) {
        Elements elements = new Elements(knowledge, defects);
        elements.optionalCode("status", KNOWLEDGE_STATUS, Reason.INVALID_STATUS);
        elements.requiredObject("code", Reason.MISSING_CODE);
        JsonValue.Members coding = firstCoding(knowledge);
        if (elements.isPresent("code") && coding == null) {
            defects.must(Reason.MISSING_CODE, Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        if (coding != null && written(coding, "system") + written(coding, "code") > JsonBounds.TEXT) {
            defects.must(Reason.INVALID_VALUE);
        }
    }

    /** How many bytes the text has as it is written. */
    private static int written(JsonValue.Members coding, String name) {
        return coding.get(name) instanceof JsonValue.Text text ? text.end() - text.start() - 2 : 0;
    }

    /** What the catalogue calls the product: RxNorm's code, or the system and the code, with a bar between them. */
    static @Nullable String product(JsonValue.Members knowledge) {
        JsonValue.Members coding = firstCoding(knowledge);
        if (coding == null) {
            return null;
        }
        String system = coding.text("system");
        String code = coding.text("code");
        return RXNORM.equals(system) ? code : (system == null ? "" : system) + '|' + code;
    }

    /** The first coding that has a code. */
    private static JsonValue.@Nullable Members firstCoding(JsonValue.Members knowledge) {
        if (knowledge.get("code") instanceof JsonValue.Members code
                && code.get("coding") instanceof JsonValue.Items codings) {
            for (JsonValue each : codings.values()) {
                String first = each instanceof JsonValue.Members coding ? coding.text("code") : null;
                if (first != null && !first.isEmpty()) {
                    return (JsonValue.Members) each;
                }
            }
        }
        return null;
    }
}
