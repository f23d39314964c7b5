package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recorded resource types, one per row: FHIR's name, the topic, FHIR R4's requirements, and the references that are
 * read.
 */
public enum RecordedType {
    OBSERVATION(
            "Observation", TopicNames.OBSERVATION_RECORDED, ObservationRules::check, List.of("subject", "encounter")),
    MEDICATION_REQUEST(
            "MedicationRequest",
            TopicNames.MEDICATION_REQUESTED,
            RecordedType::medicationRequest,
            List.of("subject", "medicationReference")),
    ENCOUNTER("Encounter", TopicNames.ENCOUNTER_CHANGED, RecordedType::encounter, List.of("subject")),
    MEDICATION_KNOWLEDGE(
            "MedicationKnowledge", TopicNames.MEDICATION_CATALOG, RecordedType::medicationKnowledge, List.of());

    private static final Set<String> REQUEST_STATUS =
            Set.of("active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown");
    private static final Set<String> INTENT = Set.of(
            "proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option");
    private static final List<String> MEDICATION = List.of("medicationCodeableConcept", "medicationReference");
    private static final Set<String> ENCOUNTER_STATUS = Set.of(
            "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown".split(" ", -1));
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final Set<String> KNOWLEDGE_STATUS = Set.of("active", "inactive", "entered-in-error");

    private final String resourceType;
    private final String topic;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> references;

    @SuppressWarnings("ImmutableEnumChecker") // each checks an element and has no state
    private final Consumer<Elements> rules;

    RecordedType(String resourceType, String topic, Consumer<Elements> rules, List<String> references) {
        this.resourceType = resourceType;
        this.topic = topic;
        this.rules = rules;
        this.references = references;
    }

    static @Nullable RecordedType of(String resourceType) {
        return Stream.of(values())
                .filter(type -> type.resourceType.equals(resourceType))
                .findFirst()
                .orElse(null);
    }

    /** The topic's logical name. */
    public String topic() {
        return topic;
    }

    void check(Elements resource) {
        resource.id();
        references.forEach(resource::reference);
        rules.accept(resource);
    }

    private static void medicationRequest(Elements request) {
        request.requiredCode("status", REQUEST_STATUS, Reason.MISSING_STATUS, Reason.INVALID_STATUS);
        request.requiredCode("intent", INTENT, Reason.MISSING_INTENT, Reason.INVALID_INTENT);
        request.atMostOneOf(MEDICATION);
        if (request.present(MEDICATION) == 0) {
            request.must(Reason.MISSING_MEDICATION);
        }
        for (String medication : MEDICATION) {
            if (request.isPresent(medication)) {
                request.requiredObject(medication, Reason.MISSING_MEDICATION);
            }
        }
        request.dateTime("authoredOn");
    }

    private static void encounter(Elements encounter) {
        encounter.requiredCode("status", ENCOUNTER_STATUS, Reason.MISSING_STATUS, Reason.INVALID_STATUS);
        encounter.requiredObject("class", Reason.MISSING_CLASS);
        JsonValue.Members kind = encounter.object().object("class");
        if (kind != null) {
            encounter.of(kind).coded("code");
        }
        encounter.period("period");
        for (Elements past : encounter.objects("statusHistory")) {
            past.requiredCode("status", ENCOUNTER_STATUS, Reason.INVALID_VALUE, Reason.INVALID_VALUE);
            past.period("period");
            past.requiredContent("period");
        }
        encounter.objects("location").forEach(place -> place.requiredContent("location"));
    }

    private static void medicationKnowledge(Elements knowledge) {
        knowledge.optionalCode("status", KNOWLEDGE_STATUS, Reason.INVALID_STATUS);
        knowledge.requiredObject("code", Reason.MISSING_CODE);
        knowledge.concept("code");
        JsonValue.Members coding = firstCoding(knowledge.object());
        if (knowledge.isPresent("code") && coding == null) {
            knowledge.must(Reason.MISSING_CODE, Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        if (coding != null && written(coding, "system") + written(coding, "code") > JsonBounds.TEXT) {
            knowledge.must(Reason.INVALID_VALUE);
        }
    }

    private static int written(JsonValue.Members coding, String name) {
        return coding.get(name) instanceof JsonValue.Text text ? text.written() : 0;
    }

    /** The product's code in the medication catalogue: the RxNorm code, else {@code system|code}. */
    static @Nullable String product(JsonValue.Members knowledge) {
        JsonValue.Members coding = firstCoding(knowledge);
        if (coding == null) {
            return null;
        }
        String system = coding.text("system");
        String code = coding.text("code");
        return RXNORM.equals(system) ? code : (system == null ? "" : system) + '|' + code;
    }

    /** The first coding with a code. */
    private static JsonValue.@Nullable Members firstCoding(JsonValue.Members knowledge) {
        JsonValue.Members code = knowledge.object("code");
        return code == null
                ? null
                : code.objects("coding").stream()
                        .filter(coding -> coding.get("code") instanceof JsonValue.Text text
                                && !text.value().isEmpty())
                        .findFirst()
                        .orElse(null);
    }
}
