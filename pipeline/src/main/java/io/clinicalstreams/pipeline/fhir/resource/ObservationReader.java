package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.IdentifierReader;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.datatype.MetaReader;
import io.clinicalstreams.pipeline.fhir.datatype.PeriodReader;
import io.clinicalstreams.pipeline.fhir.datatype.StatusReader;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.RepeatedValues;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads Observations. */
final class ObservationReader implements RoutedReader {

    private static final TextMap<ObservationStatus> STATUSES = new TextMap<>(Arrays.stream(ObservationStatus.values())
            .collect(Collectors.toMap(s -> s.name().toLowerCase(Locale.ROOT).replace('_', '-'), Function.identity())));

    private final boolean building;
    private final StatusReader<ObservationStatus> status = new StatusReader<>(STATUSES);
    private final ReferenceReader subject = new ReferenceReader();
    private final ReferenceReader encounter = new ReferenceReader();
    private final EffectiveReader effective;
    private final MeasurementReader measurement;
    private final ReferenceRangeReader ranges = new ReferenceRangeReader();
    private final ComponentsReader components;
    private final MetaReader meta;
    private final IdentifierReader identifier = new IdentifierReader();
    private final RepeatedValues<Boolean> category = new RepeatedValues<>(JsonCursor::skipAny);
    private final SharedCode sharedCode;

    private byte[] bytes = {};
    private long id;
    private @Nullable Instant issued;
    private boolean isIssued;
    private boolean hasDataAbsentReason;

    ObservationReader(boolean building, TextCache texts, FhirTime time, PeriodReader period) {
        this.building = building;
        this.meta = new MetaReader(building, time);
        this.effective = new EffectiveReader(building, time, period);
        this.measurement = new MeasurementReader(building, texts);
        this.components = new ComponentsReader(building, texts, ranges);
        this.sharedCode = new SharedCode(texts);
    }

    private void clear() {
        status.clear();
        subject.clear();
        encounter.clear();
        effective.clear();
        measurement.clear();
        ranges.clear();
        components.clear();
        meta.clear();
        identifier.clear();
        id = Span.NONE;
        issued = null;
        isIssued = false;
        hasDataAbsentReason = false;
    }

    @Override
    public void read(JsonCursor cursor) {
        clear();
        bytes = cursor.bytes();
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ID -> id = Ids.read(cursor);
                case META -> meta.read(cursor);
                case IDENTIFIER -> readIdentifiers(cursor);
                case STATUS -> status.read(cursor);
                case CATEGORY -> category.read(cursor);
                case SUBJECT -> subject.read(cursor);
                case ENCOUNTER -> encounter.read(cursor);
                case ISSUED -> {
                    issued = effective.readInstant(cursor);
                    isIssued = true;
                }
                case DATA_ABSENT_REASON -> hasDataAbsentReason = cursor.skipObject();
                case REFERENCE_RANGE -> ranges.read(cursor);
                case COMPONENT -> components.read(cursor);
                default -> {
                    if (!measurement.read(cursor) && !effective.read(cursor)) {
                        cursor.skip();
                    }
                }
            }
        }
    }

    /** Only the first identifier is used. */
    private void readIdentifiers(JsonCursor cursor) {
        if (!cursor.enterArray()) {
            return;
        }
        if (cursor.nextElement()) {
            identifier.read(cursor);
            while (cursor.nextElement()) {
                cursor.skip();
            }
        }
    }

    @Override
    public @Nullable Reason brokenRule(byte[] bytes, int from, int to) {
        if (measurement.hasTooManyCodings() || components.hasTooMany()) {
            return Reason.TOO_MANY_REPETITIONS;
        }
        if (status.isMissing()) {
            return Reason.MISSING_STATUS;
        }
        if (status.isInvalid()) {
            return Reason.INVALID_STATUS;
        }
        if (!measurement.hasCode() || components.lacksCode()) {
            return Reason.MISSING_CODE;
        }
        if (measurement.hasMultipleValues() || effective.isMultiple() || components.hasMultipleValues()) {
            return Reason.MULTIPLE_CHOICE;
        }
        if (ranges.hasEmpty()) {
            return Reason.OBS_3;
        }
        if (hasDataAbsentReason && measurement.hasValue()) {
            return Reason.OBS_6;
        }
        if (measurement.hasValue() && components.isPresent() && sharedCode.isIn(bytes, from, to)) {
            return Reason.OBS_7;
        }
        return null;
    }

    @Override
    public ReferenceReader subject() {
        return subject;
    }

    /** When it was issued may contradict an effective month. */
    @Override
    public boolean isUndated() {
        return !effective.isCertainToTheDay() && (effective.isPresent() || !isIssued);
    }

    @Override
    public @Nullable String reference(ReferenceContext context) {
        String type = RoutedType.OBSERVATION.resourceType();
        return id == Span.NONE ? context.address(type) : context.address(type, Text.of(bytes, id));
    }

    @Override
    public Finding found(RoutedType type, @Nullable PatientReference patient, ReferenceContext context) {
        PatientKey key = PatientReference.keyOf(patient);
        Observation observation = building && patient != null ? build(patient.text(), context) : null;
        return new Finding.Routed(type, key, observation);
    }

    private @Nullable Observation build(String patient, ReferenceContext context) {
        ObservationStatus known = status.value();
        if (known == null) {
            return null;
        }
        return new Observation(
                identity(context),
                identifier.text(),
                meta.versionId(),
                meta.lastUpdated(),
                known,
                patient,
                context.outside(encounter),
                effective.written(),
                issued,
                meta.isTestData(),
                measurements());
    }

    /** The id on our own server, the full URL on another one. */
    private @Nullable String identity(ReferenceContext context) {
        return id != Span.NONE && context.isAtHome() ? Text.of(bytes, id) : reference(context);
    }

    private List<Measurement> measurements() {
        Measurement own = measurement.measurement();
        if (!components.isPresent()) {
            return List.of(own);
        }
        List<Measurement> all = new ArrayList<>(components.measurements().size() + 1);
        all.add(own);
        // A modifier of the Observation also holds for its components, which may come before it.
        components.measurements().forEach(part -> all.add(own.isModified() ? part.modified() : part));
        return List.copyOf(all);
    }
}
