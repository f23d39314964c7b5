package io.clinicalstreams.pipeline.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Quantity;
import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.topics.wire.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationKnowledge;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's view of a resource: whether its parser accepts it with the strict error handler, and its content. A text of
 * blanks is a text, as in FHIR; HAPI's {@code has...} says that it is none.
 */
final class HapiOracle {

    private final IParser parser = FhirContext.forR4Cached().newJsonParser();

    HapiOracle() {
        parser.setParserErrorHandler(new StrictErrorHandler());
    }

    /** Null if HAPI rejects it. */
    @Nullable
    Resource parse(String json) {
        try {
            return (Resource) parser.parseResource(json);
        } catch (RuntimeException broken) {
            // A DataFormatException, or others for some wrong types.
            return null;
        }
    }

    /** The names of all resource types. */
    Set<String> types() {
        return FhirContext.forR4Cached().getResourceTypes();
    }

    /** What it is about; empty for a type that is not about a patient. */
    static Reference subject(Resource resource) {
        if (resource instanceof org.hl7.fhir.r4.model.Observation observation) {
            return observation.getSubject();
        }
        if (resource instanceof MedicationRequest request) {
            return request.getSubject();
        }
        return resource instanceof Encounter encounter ? encounter.getSubject() : new Reference();
    }

    /** The first of the type's rules that a resource violates, in the order of Reason; null if it violates none. */
    static @Nullable Reason brokenRule(Resource model) {
        if (model instanceof org.hl7.fhir.r4.model.Observation observation) {
            return brokenRule(observation);
        }
        if (model instanceof MedicationRequest request) {
            return request.getStatus() == null
                    ? Reason.MISSING_STATUS
                    : request.getIntent() == null
                            ? Reason.MISSING_INTENT
                            : request.getMedication() == null
                                            || request.getMedication().isEmpty()
                                    ? Reason.MISSING_MEDICATION
                                    : null;
        }
        if (model instanceof Encounter encounter) {
            return encounter.getStatus() == null
                    ? Reason.MISSING_STATUS
                    : encounter.getClass_().isEmpty() ? Reason.MISSING_CLASS : null;
        }
        MedicationKnowledge knowledge = (MedicationKnowledge) model;
        return knowledge.getCode().getCoding().stream().anyMatch(coding -> coding.getCode() != null)
                ? null
                : Reason.MISSING_CODE;
    }

    private static @Nullable Reason brokenRule(org.hl7.fhir.r4.model.Observation observation) {
        var components = observation.getComponent();
        if (observation.getStatus() == null) {
            return Reason.MISSING_STATUS;
        }
        if (observation.getCode().isEmpty()
                || components.stream().anyMatch(component -> component.getCode().isEmpty())) {
            return Reason.MISSING_CODE;
        }
        var ranges = new ArrayList<>(observation.getReferenceRange());
        components.forEach(component -> ranges.addAll(component.getReferenceRange()));
        if (ranges.stream()
                .anyMatch(range -> range.getLow().isEmpty()
                        && range.getHigh().isEmpty()
                        && range.getText() == null
                        && !range.getTextElement().hasExtension())) {
            return Reason.OBS_3;
        }
        if (observation.hasValue() && observation.hasDataAbsentReason()) {
            return Reason.OBS_6;
        }
        boolean shared = components.stream()
                .flatMap(component -> component.getCode().getCoding().stream())
                .anyMatch(coding -> coding.getCode() != null
                        && observation.getCode().getCoding().stream()
                                .anyMatch(own -> coding.getCode().equals(own.getCode())
                                        && Objects.equals(coding.getSystem(), own.getSystem())));
        return observation.hasValue() && shared ? Reason.OBS_7 : null;
    }

    private static Measurement measurement(
            CodeableConcept code, @Nullable Type value, List<CodeableConcept> interpretations, boolean isModified) {
        Quantity quantity = quantity(value);
        return new Measurement(
                codings(code),
                quantity,
                value != null && !value.isEmpty() && quantity == null,
                interpretations.stream()
                        .flatMap(interpretation -> codings(interpretation).stream())
                        .toList(),
                isModified);
    }

    /**
     * The same content as the reader's, taken from HAPI's model.
     *
     * @param patient the reference to the patient
     */
    static Observation content(org.hl7.fhir.r4.model.Observation hapi, String patient) {
        List<Measurement> measurements = new ArrayList<>();
        boolean isModified = hapi.hasModifierExtension();
        measurements.add(measurement(hapi.getCode(), hapi.getValue(), hapi.getInterpretation(), isModified));
        hapi.getComponent()
                .forEach(c -> measurements.add(measurement(
                        c.getCode(), c.getValue(), c.getInterpretation(), isModified || c.hasModifierExtension())));
        var identifier = hapi.getIdentifierFirstRep();
        String encounter = hapi.getEncounter().getReference();
        return new Observation(
                hapi.getIdElement().getIdPart(),
                identifier.getValue() == null
                        ? null
                        : (identifier.getSystem() == null ? "" : identifier.getSystem()) + "|" + identifier.getValue(),
                versionId(hapi.getMeta().getVersionId()),
                hapi.getMeta().hasLastUpdated()
                        ? R4Elements.moment(
                                hapi.getMeta().getLastUpdatedElement().getValueAsString())
                        : null,
                ObservationStatus.valueOf(
                        hapi.getStatus().toCode().toUpperCase(Locale.ROOT).replace('-', '_')),
                patient,
                encounter != null && encounter.startsWith("#") ? null : encounter,
                effective(hapi.getEffective()),
                hapi.hasIssued() ? moment(hapi.getIssuedElement()) : null,
                hapi.getMeta().getSecurity().stream()
                        .anyMatch(s -> "http://terminology.hl7.org/CodeSystem/v3-ActReason".equals(s.getSystem())
                                && "HTEST".equals(s.getCode())),
                measurements);
    }

    private static @Nullable Long versionId(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    static List<Coding> codings(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(c -> c.getSystem() != null || c.getCode() != null)
                .map(c -> new Coding(c.getSystem(), c.getCode()))
                .toList();
    }

    private static @Nullable Quantity quantity(@Nullable Type value) {
        if (!(value instanceof org.hl7.fhir.r4.model.Quantity q)) {
            return null;
        }
        String comparator = q.hasComparator() ? q.getComparator().toCode() : null;
        return new Quantity(comparator, q.getValue(), q.getUnit(), q.getSystem(), q.getCode());
    }

    private static @Nullable WrittenTime effective(@Nullable Type effective) {
        if (effective instanceof BaseDateTimeType time) {
            return written(time);
        }
        if (effective instanceof Period period) {
            return period(period);
        }
        if (effective instanceof Timing timing) {
            return timing.getEvent().stream()
                    .filter(BaseDateTimeType::hasValue)
                    .map(HapiOracle::written)
                    .max(Comparator.comparing(WrittenTime::last))
                    .orElse(null);
        }
        return null;
    }

    private static @Nullable WrittenTime period(Period period) {
        if (!period.hasEnd()) {
            return period.hasStart() ? written(period.getStartElement()) : null;
        }
        WrittenTime end = written(period.getEndElement());
        Instant first = period.hasStart() ? written(period.getStartElement()).first() : end.first();
        return first.isAfter(end.last()) ? end : new WrittenTime(first, end.last(), end.isToTheDay());
    }

    private static WrittenTime written(BaseDateTimeType time) {
        String text = time.getValueAsString();
        TemporalPrecisionEnum precision = time.getPrecision();
        return switch (precision) {
            case YEAR ->
                days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1), false);
            case MONTH ->
                days(
                        YearMonth.parse(text).atDay(1),
                        YearMonth.parse(text).plusMonths(1).atDay(1),
                        false);
            case DAY -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1), true);
            default -> WrittenTime.at(moment(time));
        };
    }

    /** By java.time: HAPI keeps milliseconds, and takes a time before the Gregorian calendar for a Julian one. */
    private static Instant moment(BaseDateTimeType time) {
        return Objects.requireNonNull(R4Elements.moment(time.getValueAsString()));
    }

    private static WrittenTime days(LocalDate first, LocalDate behind, boolean toTheDay) {
        return new WrittenTime(
                first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                behind.atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1),
                toTheDay);
    }
}
