package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.Quantity;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.wire.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationKnowledge;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Compares the reader with HAPI's parser and its strict error handler: same verdict, same fields. The package's
 * documentation lists the deliberate differences; here each is recognized by HAPI's model or by the mutation of the
 * resource, never only by the reader's reason.
 */
final class HapiComparison {

    /** The elements that are read; elements below others are not compared. */
    private static final Pattern READ =
            Pattern.compile("(Observation|MedicationRequest|Encounter|MedicationKnowledge)\\.(id|status)"
                    + "|(Observation|MedicationRequest|Encounter)\\.subject(\\.(reference|type|identifier(\\.(system|value))?))?"
                    + "|Observation\\.encounter(\\.(reference|type|identifier(\\.(system|value))?))?"
                    + "|(Observation(\\.component)?|MedicationKnowledge)\\.code(\\.(text|coding(\\.(system|code))?))?"
                    + "|Observation\\.(issued|meta(\\.security(\\.(system|code))?)?|identifier(\\.(system|value))?|dataAbsentReason)"
                    + "|Observation\\.effective(DateTime|Instant|Period(\\.(start|end))?|Timing(\\.event)?)"
                    + "|Observation(\\.component)?\\.value(\\w+|Quantity\\.(value|comparator|unit|system|code))"
                    + "|Observation(\\.component)?\\.interpretation(\\.(text|coding(\\.(system|code))?))?"
                    + "|Observation(\\.component)?\\.referenceRange(\\.(low|high|text))?"
                    + "|Observation\\.component"
                    + "|MedicationRequest\\.(intent|medicationCodeableConcept|medicationReference(\\.(reference|type|identifier(\\.(system|value))?))?)"
                    + "|MedicationRequest\\.authoredOn"
                    + "|Encounter\\.class(\\.(system|code))?"
                    + "|Encounter(\\.statusHistory)?\\.period(\\.(start|end))?"
                    + "|Encounter\\.(statusHistory(\\.status)?|location(\\.location)?)");

    /** Reasons for the format of an element: a mutation of that element must have caused them. */
    private static final Set<Reason> OF_FORM =
            Set.of(Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE, Reason.INVALID_REFERENCE);

    private static final Instant GREGORIAN = Instant.parse("1582-10-20T00:00:00Z");

    private static final Quantity EMPTY = new Quantity(null, null, null, null, null);

    private final HapiOracle hapi = new HapiOracle();
    private final Reading reading = new Reading();

    Finding read(String json) {
        return reading.one(json.getBytes(StandardCharsets.UTF_8));
    }

    void compare(String json) {
        Resource expected = hapi.parse(json);
        assertThat(expected).isNotNull();
        Finding found = read(json);
        if (found instanceof Finding.Rejected rejected) {
            assertThat(isExplained(rejected.reason(), expected))
                    .as(rejected + " " + expected.getId())
                    .isTrue();
        } else {
            assertSameFields(found, expected);
        }
    }

    /** {@code same}, {@code both reject}, or which way the reader differs: {@code stricter} or {@code laxer}. */
    String judge(Mutation... mutations) {
        List<Mutation> all = List.of(mutations);
        String what = all.stream()
                .map(mutation -> mutation.kind() + " " + mutation.path())
                .collect(Collectors.joining(", "));
        String json = all.get(all.size() - 1).json();
        Finding found = read(json);
        Resource expected = hapi.parse(json);
        if (all.stream().anyMatch(mutation -> mutation.kind() == Mutation.Kind.DUPLICATE)) {
            assertThat(found).as(what).isEqualTo(new Finding.Rejected(Reason.DUPLICATE_KEY));
            return "stricter";
        }
        boolean read =
                all.stream().anyMatch(mutation -> READ.matcher(mutation.path()).matches());
        if (expected == null) {
            if (found instanceof Finding.Rejected) {
                return "both reject";
            }
            // More lenient by design: only what is read is checked. A renamed element is not read.
            assertThat(all)
                    .as(what)
                    .anyMatch(mutation ->
                            !READ.matcher(mutation.path()).matches() || mutation.kind() == Mutation.Kind.RENAME);
            return "laxer";
        }
        if (found instanceof Finding.Rejected rejected) {
            boolean form = OF_FORM.contains(rejected.reason()) && read;
            // HAPI checks contained resources of the wrong type; here the reference has no target.
            form |= rejected.reason() == Reason.UNRESOLVABLE_REFERENCE
                    && all.stream().anyMatch(mutation -> mutation.path().contains(".contained"));
            assertThat(form || isExplained(rejected.reason(), expected))
                    .as(what + " " + rejected.reason())
                    .isTrue();
            return "stricter";
        }
        assertSameFields(found, expected);
        return "same";
    }

    /** A Patient, which is never rejected for its elements. */
    void comparePatient(String json, boolean mutatedGender) {
        Finding found = read(json);
        if (!(hapi.parse(json) instanceof org.hl7.fhir.r4.model.Patient expected)
                || !(found instanceof Finding.Ignored patient)) {
            return;
        }
        Patient content = Objects.requireNonNull(patient.content());
        // HAPI reads a gender in an array; here an unusable element is missing.
        if (content.gender() != null || !mutatedGender) {
            assertThat(content.gender())
                    .isEqualTo(expected.hasGender() ? expected.getGender().toCode() : null);
        }
        if (content.birthDate() != null) {
            assertThat(content.birthDate().toString())
                    .startsWith(expected.getBirthDateElement().getValueAsString());
        }
        if (patient.patient() != null) {
            assertThat(patient.patient().reference())
                    .isEqualTo("Patient/" + expected.getIdElement().getIdPart());
        }
    }

    /** Fields of any bytes that both accept. */
    void compareFields(byte[] value, Finding found) {
        Resource expected = hapi.parse(new String(value, StandardCharsets.UTF_8));
        if (expected != null && !(found instanceof Finding.Rejected) && !(found instanceof Finding.Ignored)) {
            assertSameFields(found, expected);
        }
    }

    /** Whether HAPI's own model of the resource shows what the reader complains about. */
    private static boolean isExplained(Reason reason, Resource resource) {
        Reference subject = subject(resource);
        String reference = subject.getReference();
        boolean resolvedInside = subject.getResource() != null;
        return switch (reason) {
            case MISSING_PATIENT ->
                reference == null && !subject.getIdentifier().hasValue();
            case SUBJECT_NOT_A_PATIENT ->
                subject.hasType() || !String.valueOf(reference).startsWith("Patient/");
            case CONTAINED_PATIENT -> reference != null && reference.startsWith("#") && resolvedInside;
            case UNRESOLVABLE_REFERENCE ->
                reference == null ? !subject.getIdentifier().hasSystem() : reference.matches("Patient\\?.*");
            default -> isExplainedByRules(reason, resource);
        };
    }

    private static boolean isExplainedByRules(Reason reason, Resource resource) {
        if (resource instanceof org.hl7.fhir.r4.model.Observation observation) {
            return switch (reason) {
                case MISSING_STATUS -> observation.getStatus() == null;
                case MISSING_CODE ->
                    observation.getCode().isEmpty()
                            || observation.getComponent().stream()
                                    .anyMatch(c -> c.getCode().isEmpty());
                case OBS_3 ->
                    observation.getReferenceRange().stream()
                            .anyMatch(r -> r.getLow().isEmpty() && r.getHigh().isEmpty() && !r.hasText());
                case OBS_6 -> observation.hasValue() && observation.hasDataAbsentReason();
                default -> false;
            };
        }
        if (resource instanceof MedicationRequest request) {
            return switch (reason) {
                case MISSING_STATUS -> request.getStatus() == null;
                case MISSING_INTENT -> request.getIntent() == null;
                case MISSING_MEDICATION ->
                    !request.hasMedication() || request.getMedication().isEmpty();
                default -> false;
            };
        }
        if (resource instanceof Encounter encounter) {
            return switch (reason) {
                case MISSING_STATUS -> encounter.getStatus() == null;
                case MISSING_CLASS -> encounter.getClass_().isEmpty();
                case INVALID_VALUE -> lacksPart(encounter);
                default -> false;
            };
        }
        MedicationKnowledge knowledge = (MedicationKnowledge) resource;
        return switch (reason) {
            case MISSING_CODE -> knowledge.getCode().getCoding().stream().noneMatch(c -> c.hasCode());
            case INVALID_STATUS -> knowledge.getStatus() == null;
            default -> false;
        };
    }

    private static boolean lacksPart(Encounter encounter) {
        return encounter.getStatusHistory().stream()
                        .anyMatch(past ->
                                past.getStatus() == null || past.getPeriod().isEmpty())
                || encounter.getLocation().stream()
                        .anyMatch(place -> place.getLocation().isEmpty());
    }

    private static Reference subject(Resource resource) {
        if (resource instanceof org.hl7.fhir.r4.model.Observation observation) {
            return observation.getSubject();
        }
        if (resource instanceof MedicationRequest request) {
            return request.getSubject();
        }
        return resource instanceof Encounter encounter ? encounter.getSubject() : new Reference();
    }

    private static void assertSameFields(Finding found, Resource expected) {
        if (found instanceof Finding.Routed routed && routed.observation() != null) {
            Observation content = Objects.requireNonNull(routed.observation());
            Observation judge = HapiOracle.content((org.hl7.fhir.r4.model.Observation) expected);
            assertThat(comparable(content)).isEqualTo(comparable(judge));
        } else if (found instanceof Finding.Routed routed) {
            String reference = subject(expected).getReference();
            if (reference != null && reference.matches("Patient/[^/#?]*")) {
                assertThat(routed.patient().reference()).isEqualTo(reference);
            }
        } else if (found instanceof Finding.Catalogued catalogued) {
            Coding product = ((MedicationKnowledge) expected)
                    .getCode().getCoding().stream()
                            .filter(c -> c.hasCode())
                            .findFirst()
                            .orElseThrow();
            // HAPI trims control characters off a code.
            assertThat(catalogued.code().replaceAll("\\p{Cntrl}", ""))
                    .isEqualTo(((product.hasSystem() ? product.getSystem() : "") + "|" + product.getCode())
                            .replaceAll("\\p{Cntrl}", ""));
        }
    }

    /**
     * All of an Observation. HAPI keeps milliseconds, drops empty quantities, trims control characters off
     * a code, writes out a number's exponent, and keeps
     * only the part of an id after its last slash.
     */
    private static List<@Nullable Object> comparable(Observation o) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(o.id() == null ? null : o.id().substring(o.id().lastIndexOf('/') + 1));
        all.add(o.identifier());
        all.add(o.status());
        all.add(o.patientReference().contains("|") ? "null" : o.patientReference());
        all.add(o.encounter());
        all.add(o.effective() == null ? null : time(o.effective().first()));
        all.add(o.effective() == null ? null : time(o.effective().last()));
        all.add(o.issued() == null ? null : time(o.issued()));
        all.add(o.generated());
        for (Measurement measurement : o.measurements()) {
            all.add(measurement.codings().stream()
                    .map(coding -> new io.clinicalstreams.pipeline.domain.observation.Coding(
                            coding.system(), trimmed(coding.code())))
                    .filter(coding -> coding.system() != null || coding.code() != null)
                    .toList());
            Quantity quantity = measurement.quantity();
            all.add(quantity == null || quantity.equals(EMPTY) ? null : plain(quantity));
        }
        return all;
    }

    /** In milliseconds. HAPI takes times before the Gregorian calendar for Julian ones, so these are not compared. */
    private static Object time(Instant time) {
        return time.isBefore(GREGORIAN) ? "before " + GREGORIAN : time.toEpochMilli();
    }

    private static @Nullable String trimmed(@Nullable String code) {
        return code == null || code.trim().isEmpty() ? null : code.trim();
    }

    private static Quantity plain(Quantity quantity) {
        BigDecimal value = quantity.value() == null
                ? null
                : new BigDecimal(quantity.value().toPlainString());
        return new Quantity(quantity.comparator(), value, quantity.unit(), quantity.system(), quantity.code());
    }
}
