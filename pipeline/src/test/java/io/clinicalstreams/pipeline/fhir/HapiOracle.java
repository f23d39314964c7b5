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
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** HAPI's view of a resource: whether its parser accepts it with the strict error handler, and its content. */
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

    private static Measurement measurement(
            CodeableConcept code, @Nullable Type value, List<CodeableConcept> interpretations) {
        Quantity quantity = quantity(value);
        return new Measurement(
                codings(code),
                quantity,
                value != null && !value.isEmpty() && quantity == null,
                interpretations.stream()
                        .flatMap(interpretation -> codings(interpretation).stream())
                        .toList());
    }

    /** The same content as the reader's, taken from HAPI's model. */
    static Observation content(org.hl7.fhir.r4.model.Observation hapi) {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(measurement(hapi.getCode(), hapi.getValue(), hapi.getInterpretation()));
        hapi.getComponent()
                .forEach(c -> measurements.add(measurement(c.getCode(), c.getValue(), c.getInterpretation())));
        var identifier = hapi.getIdentifierFirstRep();
        return new Observation(
                hapi.getIdElement().getIdPart(),
                identifier.hasValue()
                        ? (identifier.hasSystem() ? identifier.getSystem() : "") + "|" + identifier.getValue()
                        : null,
                ObservationStatus.valueOf(
                        hapi.getStatus().toCode().toUpperCase(Locale.ROOT).replace('-', '_')),
                String.valueOf(hapi.getSubject().getReference()),
                hapi.getEncounter().getReference(),
                effective(hapi.getEffective()),
                hapi.hasIssued() ? hapi.getIssued().toInstant() : null,
                hapi.getMeta().getSecurity().stream()
                        .anyMatch(s -> "http://terminology.hl7.org/CodeSystem/v3-ActReason".equals(s.getSystem())
                                && "HTEST".equals(s.getCode())),
                measurements);
    }

    private static List<Coding> codings(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(c -> c.hasSystem() || c.hasCode())
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
        return first.isAfter(end.last()) ? end : new WrittenTime(first, end.last());
    }

    private static WrittenTime written(BaseDateTimeType time) {
        String text = time.getValueAsString();
        TemporalPrecisionEnum precision = time.getPrecision();
        return switch (precision) {
            case YEAR ->
                days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
            case MONTH ->
                days(
                        YearMonth.parse(text).atDay(1),
                        YearMonth.parse(text).plusMonths(1).atDay(1));
            case DAY -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
            default -> WrittenTime.at(time.getValue().toInstant());
        };
    }

    private static WrittenTime days(LocalDate first, LocalDate behind) {
        return new WrittenTime(
                first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                behind.atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1));
    }
}
