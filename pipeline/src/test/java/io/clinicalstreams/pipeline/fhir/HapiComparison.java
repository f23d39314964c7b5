package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.Quantity;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.MedicationKnowledge;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Compares the reader with HAPI's parser and its strict error handler: the same reason or the same key, and the same
 * fields. The package's documentation lists the deliberate differences. Where the reader is stricter, {@link R4Elements}
 * and {@link JacksonOracle} say so from the value alone. Where it is more lenient, HAPI must agree as soon as the
 * resource contains only what is read.
 */
final class HapiComparison {

    private static final PatientKeys KEYS = new PatientKeys(Set.of());
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final Set<String> GENDERS = Set.of("male", "female", "other", "unknown");

    private static final int MOST_CODINGS = 100;
    private static final int MOST_IDENTIFIERS = 100;
    private static final int MOST_COMPONENTS = 1_000;

    /** Rules that HAPI cannot judge in a resource that it does not accept because of a status or a second value. */
    private static final Set<Reason> RULES = EnumSet.range(Reason.MISSING_STATUS, Reason.OBS_7);

    private final HapiOracle hapi = new HapiOracle();
    private final Reading reading = new Reading();

    Finding read(String json) {
        return reading.one(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A resource that HAPI accepts. */
    void compare(String json) {
        assertThat(hapi.parse(json)).isNotNull();
        String unused = judge(json);
    }

    String judge(String json) {
        return judge(json.getBytes(StandardCharsets.UTF_8), read(json));
    }

    /** What was compared: {@code json}, {@code type}, {@code format}, {@code same}, {@code both reject}, {@code laxer}. */
    String judge(byte[] value, Finding found) {
        String json = new String(value, StandardCharsets.UTF_8);
        String verdict = Reading.verdict(found);
        if (!json.strip().startsWith("{")) {
            assertThat(verdict).isEqualTo(Reason.NOT_AN_OBJECT.name());
            return "json";
        }
        Reason problem = JacksonOracle.problem(value);
        if (problem != null) {
            // In a Bundle, it is a problem of the entry.
            assertThat(verdict.equals(problem.name()) || "Bundle".equals(JacksonOracle.resourceType(value)))
                    .as(verdict + " instead of " + problem)
                    .isTrue();
            return "json";
        }
        ObjectNode resource = ReaderFuzz.parse(json);
        String type = text(resource.path("resourceType"));
        if (type.isEmpty()) {
            assertThat(verdict).isEqualTo(Reason.MISSING_RESOURCE_TYPE.name());
            return "type";
        }
        if (!hapi.types().contains(type)) {
            assertThat(verdict).isEqualTo(Reason.UNKNOWN_RESOURCE_TYPE.name());
            return "type";
        }
        if (type.equals("Patient")) {
            return comparePatient(json, resource, found);
        }
        if (!R4Elements.areReadOf(type)) {
            assertThat(type.equals("Bundle") || verdict.equals("ignored " + type))
                    .as(verdict)
                    .isTrue();
            return "type";
        }
        Set<Reason> format = R4Elements.problems(resource);
        if (!format.isEmpty()) {
            assertThat(found instanceof Finding.Rejected rejected && format.contains(rejected.reason()))
                    .as(verdict + " instead of " + format)
                    .isTrue();
            return "format";
        }
        return compare(json, resource, found);
    }

    private String compare(String json, ObjectNode resource, Finding found) {
        Resource whole = hapi.parse(json);
        if (whole != null && difference(found, whole, resource) == null) {
            return "same";
        }
        Resource read = hapi.parse(R4Elements.read(resource).toString());
        if (read != null) {
            assertThat(difference(found, read, resource)).isNull();
            return "laxer";
        }
        assertThat(found instanceof Finding.Rejected rejected && RULES.contains(rejected.reason()))
                .as(Reading.verdict(found) + " instead of a rule")
                .isTrue();
        return "both reject";
    }

    /** A Patient, which is rejected for the number of its identifiers only: elements that are not in FHIR's format are missing. */
    private String comparePatient(String json, ObjectNode resource, Finding found) {
        if (resource.path("identifier").isArray() && resource.path("identifier").size() > MOST_IDENTIFIERS) {
            assertThat(Reading.verdict(found)).isEqualTo(Reason.TOO_MANY_REPETITIONS.name());
            return "type";
        }
        assertThat(found).isInstanceOf(Finding.Ignored.class);
        Finding.Ignored ignored = (Finding.Ignored) found;
        Patient content = Objects.requireNonNull(ignored.content());
        String id = text(resource.path("id"));
        String gender = text(resource.path("gender"));
        String birthDate = text(resource.path("birthDate"));
        PatientKey key = KEYS.ofPatient(R4Elements.isId(id) ? id : null, identifiers(resource), ReferenceContext.ALONE);
        assertThat(Reading.verdict(found)).isEqualTo("ignored Patient" + (key == null ? "" : " " + key.reference()));
        assertThat(content.gender()).isEqualTo(GENDERS.contains(gender) ? gender : null);
        if (!content.birthDateUnreadable()) {
            assertThat(content.birthDate()).isEqualTo(R4Elements.date(birthDate));
        } else {
            assertThat(R4Elements.date(birthDate)).isNull();
        }
        if (hapi.parse(json) instanceof org.hl7.fhir.r4.model.Patient expected) {
            assertThat(content.gender() == null
                            || content.gender().equals(expected.getGender().toCode()))
                    .isTrue();
            assertThat(content.birthDate() == null
                            || content.birthDateUnreadable()
                            || birthDate.equals(expected.getBirthDateElement().getValueAsString()))
                    .isTrue();
            assertThat(!R4Elements.isId(id) || id.equals(expected.getIdElement().getIdPart()))
                    .isTrue();
        }
        return "type";
    }

    /** The identifiers with a system and a value that are texts. */
    private static List<String> identifiers(ObjectNode patient) {
        List<String> identifiers = new ArrayList<>();
        if (patient.path("identifier").isArray()) {
            for (JsonNode each : patient.path("identifier")) {
                String value = text(each.path("value"));
                PatientKey key = value.isEmpty()
                        ? null
                        : PatientKeys.ofIdentifier(text(each.path("system")), value)
                                .key();
                if (key != null) {
                    identifiers.add(key.reference());
                }
            }
        }
        return identifiers;
    }

    /** Empty for anything but a text. */
    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : "";
    }

    /** Null if the reader found what HAPI's model contains. */
    private static @Nullable String difference(Finding found, Resource model, ObjectNode resource) {
        Map<String, String> contained = contained(resource);
        Reason rule = hasTooMany(resource) ? Reason.TOO_MANY_REPETITIONS : HapiOracle.brokenRule(model);
        PatientReference patient =
                model instanceof MedicationKnowledge ? null : patient(HapiOracle.subject(model), resource, contained);
        if (rule == null && patient != null) {
            rule = patient.problem();
        }
        if (rule == null && hasDangling(withoutOwnPatient(resource, patient), contained.keySet())) {
            rule = Reason.UNRESOLVABLE_REFERENCE;
        }
        String verdict = Reading.verdict(found);
        if (rule != null) {
            return verdict.equals(rule.name()) ? null : verdict + " instead of " + rule;
        }
        if (found instanceof Finding.Catalogued catalogued) {
            return isProduct(catalogued.code(), (MedicationKnowledge) model) ? null : verdict;
        }
        if (!(found instanceof Finding.Routed routed)
                || patient == null
                || !routed.patient().equals(patient.key())
                || !routed.type().resourceType().equals(model.fhirType())) {
            return verdict + " instead of " + model.fhirType();
        }
        if (routed.observation() == null) {
            return null;
        }
        List<@Nullable Object> ours = comparable(routed.observation());
        List<@Nullable Object> theirs =
                comparable(HapiOracle.content((org.hl7.fhir.r4.model.Observation) model, patient.text()));
        return ours.equals(theirs) ? null : ours + " instead of " + theirs;
    }

    private static boolean hasTooMany(ObjectNode observation) {
        JsonNode components = observation.path("component");
        List<JsonNode> measurements = new ArrayList<>(List.of(observation));
        components.forEach(measurements::add);
        return observation.path("resourceType").asText().equals("Observation")
                && (components.size() > MOST_COMPONENTS
                        || measurements.stream().anyMatch(HapiComparison::hasTooManyCodings));
    }

    private static boolean hasTooManyCodings(JsonNode measurement) {
        int interpretations = 0;
        for (JsonNode interpretation : measurement.path("interpretation")) {
            interpretations += interpretation.path("coding").size();
        }
        return measurement.path("code").path("coding").size() > MOST_CODINGS || interpretations > MOST_CODINGS;
    }

    /** ReferenceFuzz judges which patient a text names. */
    private static PatientReference patient(Reference subject, ObjectNode resource, Map<String, String> contained) {
        String type = subject.getType();
        if (type != null && !type.matches("(http://hl7.org/fhir/StructureDefinition/)?Patient")) {
            return unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        String text = subject.getReference();
        String value = subject.getIdentifier().getValue();
        PatientReference identified = value == null
                ? unknown(Reason.MISSING_PATIENT)
                : PatientKeys.ofIdentifier(subject.getIdentifier().getSystem(), value);
        if (text == null) {
            return identified;
        }
        PatientReference named = text.startsWith("#") ? contained(resource, contained) : KEYS.ofReference(text);
        boolean leadsNowhere = named.key() == null
                ? Set.of(Reason.UNRESOLVABLE_REFERENCE, Reason.CONTAINED_PATIENT)
                        .contains(named.problem())
                : text.matches("urn:(uuid|oid):.*");
        return leadsNowhere && identified.key() != null ? identified : named;
    }

    /** Without the subject's reference if that is not what named the patient. */
    private static JsonNode withoutOwnPatient(ObjectNode resource, @Nullable PatientReference patient) {
        if (patient == null || patient.text().indexOf('|') < 0) {
            return resource;
        }
        ObjectNode copy = resource.deepCopy();
        ((ObjectNode) copy.path("subject")).remove("reference");
        return copy;
    }

    private static PatientReference contained(ObjectNode resource, Map<String, String> contained) {
        // Not of the model: HAPI rejects one that is not an id, so it is another one there.
        String target =
                contained.get(text(resource.path("subject").path("reference")).substring(1));
        return unknown(
                target == null
                        ? Reason.UNRESOLVABLE_REFERENCE
                        : target.equals("Patient") ? Reason.CONTAINED_PATIENT : Reason.SUBJECT_NOT_A_PATIENT);
    }

    private static PatientReference unknown(Reason problem) {
        return new PatientReference(null, "", problem, null);
    }

    /** The types of contained resources by id. */
    private static Map<String, String> contained(ObjectNode resource) {
        Map<String, String> typeById = new HashMap<>();
        if (resource.path("contained").isArray()) {
            for (JsonNode each : resource.path("contained")) {
                if (!text(each.path("id")).isEmpty()) {
                    typeById.put(text(each.path("id")), text(each.path("resourceType")));
                }
            }
        }
        return typeById;
    }

    /** Whether any reference into the resource has no target there. */
    private static boolean hasDangling(JsonNode node, Set<String> contained) {
        String reference = text(node.path("reference"));
        boolean isInner = reference.length() > 1 && reference.startsWith("#");
        if (isInner
                && !contained.contains(reference.substring(1))
                && !node.path("identifier").isObject()) {
            return true;
        }
        for (JsonNode each : node) {
            if (hasDangling(each, contained)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is the first code in HAPI's model, which trims control characters off a code. */
    private static boolean isProduct(String code, MedicationKnowledge knowledge) {
        var coding = knowledge.getCode().getCoding().stream()
                .filter(each -> each.getCode() != null)
                .findFirst()
                .orElseThrow();
        String system = coding.getSystem() == null ? "" : coding.getSystem();
        String before = system.equals(RXNORM) ? "" : system + '|';
        return code.startsWith(before) && code.substring(before.length()).trim().equals(coding.getCode());
    }

    /** All of an Observation. HAPI trims control characters off a code, and writes out a number's exponent. */
    private static List<@Nullable Object> comparable(Observation o) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(o.id());
        all.add(o.identifier());
        all.add(o.status());
        all.add(o.patientReference());
        all.add(o.encounter());
        all.add(o.effective());
        all.add(o.issued());
        all.add(o.generated());
        for (Measurement measurement : o.measurements()) {
            all.add(trimmed(measurement.codings()));
            all.add(measurement.quantity() == null ? null : plain(measurement.quantity()));
            all.add(measurement.hasOtherValue());
            all.add(trimmed(measurement.interpretations()));
            all.add(measurement.isModified());
        }
        return all;
    }

    private static List<Coding> trimmed(List<Coding> codings) {
        return codings.stream()
                .map(coding -> new Coding(coding.system(), trimmed(coding.code())))
                .filter(coding -> coding.system() != null || coding.code() != null)
                .toList();
    }

    private static @Nullable String trimmed(@Nullable String code) {
        return code == null || code.trim().isEmpty() ? null : code.trim();
    }

    private static Quantity plain(Quantity quantity) {
        BigDecimal value = quantity.value() == null
                ? null
                : new BigDecimal(quantity.value().toPlainString());
        return new Quantity(quantity.comparator(), value, quantity.unit(), quantity.system(), trimmed(quantity.code()));
    }
}
