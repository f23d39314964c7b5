package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * FHIR R4's requirements for an Observation: required elements, value sets, choices and the invariants obs-3, 6 and 7.
 */
final class ObservationRules {

    private static final Set<String> STATUS = Set.of(
            "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown");

    static final List<String> VALUES = Stream.of(
                    "Quantity CodeableConcept String Boolean Integer Range Ratio SampledData Time DateTime Period"
                            .split(" "))
            .map("value"::concat)
            .toList();

    private static final List<String> EFFECTIVE =
            List.of("effectiveDateTime", "effectivePeriod", "effectiveTiming", "effectiveInstant");

    private ObservationRules() {}

    static void check(Elements observation) {
        observation.requiredCode("status", STATUS, Reason.MISSING_STATUS, Reason.INVALID_STATUS);
        observation.requiredObject("code", Reason.MISSING_CODE);
        observation.atMostOneOf(VALUES);
        observation.atMostOneOf(EFFECTIVE);
        observation.quantity("valueQuantity");
        observation.dateTime("effectiveDateTime");
        observation.instant("effectiveInstant");
        observation.period("effectivePeriod");
        observation.timing("effectiveTiming");
        observation.instant("issued");
        observation.object().items("identifier").stream().findFirst().ifPresent(observation::identifier);
        boolean hasValue = observation.present(VALUES) > 0;
        if (hasValue && observation.isPresent("dataAbsentReason")) {
            observation.must(Reason.OBS_6);
        }
        for (Elements range : observation.objects("referenceRange")) {
            // A text may have only extensions; one that has only an id is none.
            if (range.present(List.of("low", "high", "text")) == 0 && !range.hasContent("_text")) {
                range.must(Reason.OBS_3, Reason.WRONG_ELEMENT_TYPE);
            }
        }
        codings(observation, observation);
        codes(observation);
        List<Elements> unused = observation.objects("modifierExtension");
        List<Elements> components = observation.objects("component");
        if (components.size() > JsonBounds.COMPONENTS) {
            observation.must(Reason.TOO_MANY_REPETITIONS);
        }
        for (Elements component : components) {
            codings(component, observation);
            codes(component);
            component(component);
            if (hasValue) {
                repeatsCode(observation, component);
            }
        }
    }

    private static void codings(Elements measured, Elements observation) {
        long ofInterpretations = measured.object().objects("interpretation").stream()
                .mapToLong(each -> each.items("coding").size())
                .sum();
        if (codings(measured).size() > JsonBounds.CODINGS || ofInterpretations > JsonBounds.CODINGS) {
            observation.must(Reason.TOO_MANY_REPETITIONS);
        }
    }

    private static void codes(Elements measured) {
        measured.concept("code");
        for (JsonValue.Members interpretation : measured.object().objects("interpretation")) {
            interpretation.objects("coding").forEach(coding -> measured.of(coding)
                    .coded("code"));
        }
    }

    private static void component(Elements component) {
        component.requiredObject("code", Reason.MISSING_CODE);
        component.quantity("valueQuantity");
        List<Elements> unused = component.objects("modifierExtension");
        if (component.present(VALUES) > 1) {
            component.may(Reason.MULTIPLE_CHOICE);
        }
        if (component.present(VALUES) > 0 && component.object().has("dataAbsentReason")) {
            component.may(Reason.OBS_6);
        }
        if (component.object().has("referenceRange")) {
            component.may(Reason.OBS_3, Reason.WRONG_ELEMENT_TYPE);
        }
    }

    /** obs-7 by FHIRPath's intersect: codings are equal when all their elements are. */
    private static void repeatsCode(Elements observation, Elements component) {
        for (JsonValue.Members one : codings(observation)) {
            for (JsonValue.Members other : codings(component)) {
                if (isSame(one, other, List.of("system", "code"))) {
                    if (isSame(one, other, List.of("version", "display"))
                            && !one.has("userSelected")
                            && !other.has("userSelected")) {
                        observation.must(Reason.OBS_7);
                    } else {
                        observation.may(Reason.OBS_7);
                    }
                }
            }
        }
    }

    private static boolean isSame(JsonValue.Members one, JsonValue.Members other, List<String> names) {
        return names.stream().allMatch(name -> Objects.equals(one.text(name), other.text(name)));
    }

    /** Empty when an item is not an object. */
    private static List<JsonValue.Members> codings(Elements resource) {
        JsonValue.Members code = resource.object().object("code");
        return code != null && code.get("coding") instanceof JsonValue.Items items && items.areObjects()
                ? code.objects("coding")
                : List.of();
    }
}
