package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What FHIR R4 demands of an Observation: required elements, value sets, choices and the invariants obs-3, 6 and 7. */
final class ObservationRules {

    private static final Set<String> STATUS = Set.of(
            "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown");

    static final List<String> VALUES = List.of(
            "valueQuantity",
            "valueCodeableConcept",
            "valueString",
            "valueBoolean",
            "valueInteger",
            "valueRange",
            "valueRatio",
            "valueSampledData",
            "valueTime",
            "valueDateTime",
            "valuePeriod");

    private static final List<String> EFFECTIVE =
            List.of("effectiveDateTime", "effectivePeriod", "effectiveTiming", "effectiveInstant");

    private ObservationRules() {}

    static void check(JsonValue.Members observation, Defects defects) {
        Elements elements = new Elements(observation, defects);
        elements.requiredCode("status", STATUS, Reason.MISSING_STATUS, Reason.INVALID_STATUS);
        elements.requiredObject("code", Reason.MISSING_CODE);
        elements.atMostOneOf(VALUES);
        elements.atMostOneOf(EFFECTIVE);
        elements.quantity("valueQuantity");
        elements.dateTime("effectiveDateTime");
        elements.instant("effectiveInstant");
        elements.period("effectivePeriod");
        elements.timing("effectiveTiming");
        elements.instant("issued");
        if (observation.get("identifier") instanceof JsonValue.Items identifiers
                && !identifiers.values().isEmpty()) {
            elements.identifier(identifiers.values().get(0));
        }
        boolean hasValue = elements.present(VALUES) > 0;
        if (hasValue && elements.isPresent("dataAbsentReason")) {
            defects.must(Reason.OBS_6);
        }
        elements.objects("referenceRange").forEach(range -> referenceRange(range, defects));
        for (JsonValue.Members component : elements.objects("component")) {
            component(component, elements.of(component), defects);
            if (hasValue) {
                repeatsCode(observation, component, defects);
            }
        }
    }

    private static void component(JsonValue.Members component, Elements elements, Defects defects) {
        elements.requiredObject("code", Reason.MISSING_CODE);
        elements.quantity("valueQuantity");
        if (elements.present(VALUES) > 1) {
            defects.may(Reason.MULTIPLE_CHOICE);
        }
        if (elements.present(VALUES) > 0 && component.has("dataAbsentReason")) {
            defects.may(Reason.OBS_6);
        }
        if (component.has("referenceRange")) {
            defects.may(Reason.OBS_3, Reason.WRONG_ELEMENT_TYPE);
        }
    }

    private static void referenceRange(JsonValue.Members range, Defects defects) {
        Elements elements = new Elements(range, defects);
        if (elements.present(List.of("low", "high", "text")) == 0) {
            defects.must(Reason.OBS_3);
        }
    }

    /** obs-7 by FHIRPath's intersect: codings are the same when all their elements are. */
    private static void repeatsCode(JsonValue.Members observation, JsonValue.Members component, Defects defects) {
        for (JsonValue.Members one : codings(observation)) {
            for (JsonValue.Members other : codings(component)) {
                if (isSame(one, other, List.of("system", "code"))) {
                    if (isSame(one, other, List.of("version", "display"))
                            && !one.has("userSelected")
                            && !other.has("userSelected")) {
                        defects.must(Reason.OBS_7);
                    } else {
                        defects.may(Reason.OBS_7);
                    }
                }
            }
        }
    }

    private static boolean isSame(JsonValue.Members one, JsonValue.Members other, List<String> names) {
        return names.stream().allMatch(name -> Objects.equals(one.text(name), other.text(name)));
    }

    private static List<JsonValue.Members> codings(JsonValue.Members resource) {
        return resource.get("code") instanceof JsonValue.Members code
                ? new Elements(code, new Defects()).objects("coding")
                : List.of();
    }
}
