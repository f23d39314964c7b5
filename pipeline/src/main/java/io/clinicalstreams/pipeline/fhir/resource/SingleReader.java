package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.datatype.PeriodReader;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.pipeline.fhir.reference.InnerReferences;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.pipeline.fhir.structure.StructureCheck;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one resource that is not a Bundle: a whole record or an entry of a Bundle. */
public class SingleReader {

    private final JsonCursor cursor;
    private final TypeScan types;
    private final PatientKeys patients;
    private final PatientReader patientReader;
    private final ReportReader reports;
    private final InnerReferences inner = new InnerReferences();
    private final @Nullable StructureCheck structure;
    private final Map<RoutedType, RoutedReader> routed = new EnumMap<>(RoutedType.class);

    public SingleReader(FhirSettings settings, Depth depth, JsonCursor cursor, TypeScan types) {
        boolean building = depth == Depth.CLINICAL;
        FhirTime time = new FhirTime(settings.zone());
        PeriodReader period = new PeriodReader(settings.zone());
        RoutedType.Parts parts = new RoutedType.Parts(building, new TextCache(), time, period);
        this.reports = new ReportReader(new EffectiveReader(true, time, period));
        this.cursor = cursor;
        this.types = types;
        this.structure = settings.validation() == Validation.FULL ? new StructureCheck(cursor) : null;
        this.patients = new PatientKeys(settings.baseUrls());
        this.patientReader = new PatientReader(building, time, patients);
        for (RoutedType type : RoutedType.values()) {
            routed.put(type, type.reader(parts));
        }
    }

    /**
     * Reads the resource between two positions.
     *
     * @param type the text of its resourceType, {@link Span#NONE} if there is none
     */
    public Finding read(byte[] bytes, int from, int to, long type, ReferenceContext context) {
        cursor.open(bytes, from, to);
        String name = KnownTypes.BY_NAME.find(bytes, type);
        RoutedType routedType = RoutedType.of(name);
        if (routedType != null) {
            RoutedReader reader = Objects.requireNonNull(routed.get(routedType));
            if (structure != null) {
                structure.begin(routedType.resourceType());
            }
            reader.read(cursor);
            cursor.finish();
            return judge(routedType, reader, bytes, from, to, context);
        }
        Finding otherwise;
        if (ResourceTypeNames.PATIENT.equals(name)) {
            otherwise = patientReader.read(cursor, types, from, to, context, new Contained(bytes, from, to));
            inner.replace(patientReader.replacedBy(), patientReader.written());
        } else {
            cursor.skip();
            otherwise = name != null
                    ? Finding.Ignored.because(name)
                    : new Finding.Rejected(
                            type == Span.NONE ? Reason.MISSING_RESOURCE_TYPE : Reason.UNKNOWN_RESOURCE_TYPE);
        }
        cursor.finish();
        Reason problem = cursor.problems().ofJson();
        return problem == null ? otherwise : new Finding.Rejected(problem);
    }

    /** Adds the time of a DiagnosticReport between two positions. */
    public void readReport(byte[] bytes, int from, int to, ReferenceContext context, ReportTimes times) {
        cursor.open(bytes, from, to);
        reports.read(cursor, context, times);
    }

    /** The time of its report that an entry has in its extensions, between two positions; null if it has none. */
    public @Nullable WrittenTime reportTime(byte[] bytes, int from, int to) {
        cursor.open(bytes, from, to);
        return reports.readExtensions(cursor);
    }

    /** Whether a resource of this type, the one last read, may need the time of its report. */
    public boolean isUndated(RoutedType type) {
        return Objects.requireNonNull(routed.get(type)).isUndated();
    }

    /** The reference to a resource of this type, the one last read; null if nothing but its fullUrl names it. */
    public @Nullable String reference(RoutedType type, ReferenceContext context) {
        return Objects.requireNonNull(routed.get(type)).reference(context);
    }

    private Finding judge(
            RoutedType type, RoutedReader reader, byte[] bytes, int from, int to, ReferenceContext context) {
        Reason problem = cursor.problems().first();
        if (problem == null) {
            problem = reader.brokenRule(bytes, from, to);
        }
        if (problem != null) {
            return new Finding.Rejected(problem);
        }
        Contained contained = new Contained(bytes, from, to);
        ReferenceReader subject = reader.subject();
        PatientReference patient = subject == null ? null : patient(subject, context, contained);
        if (patient != null && patient.problem() != null) {
            return new Finding.Rejected(patient.problem());
        }
        String written = patient == null ? null : patient.written();
        problem = inner.resolve(
                cursor, subject, written, context, contained, () -> types.identifiedReferences(bytes, from, to));
        if (problem == null && structure != null) {
            problem = structure.problem();
        }
        return problem == null ? reader.found(type, patient, context) : new Finding.Rejected(problem);
    }

    private PatientReference patient(ReferenceReader subject, ReferenceContext context, Contained contained) {
        String ours = context.targets().isInsideBundle() || !context.isOurs() ? null : subject.plainPatient();
        return ours == null ? patients.resolve(subject, context, contained) : PatientReference.of(ours, ours);
    }

    /** Begins a Bundle: the resources read next are its entries. */
    public void beginBundle() {
        inner.beginBundle();
    }

    /** The bytes to write for the entry last read, if it is routed or a Patient. */
    public byte[] written(byte[] bytes, int from, int to) {
        return inner.applyTo(bytes, from, to);
    }

    /** The contained resources, looked up only when needed and at most once per resource. */
    private final class Contained implements Supplier<Map<String, String>> {

        private final byte[] bytes;
        private final int from;
        private final int to;
        private @Nullable Map<String, String> typeById;

        Contained(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        @Override
        public Map<String, String> get() {
            if (typeById == null) {
                typeById = types.contained(bytes, from, to);
            }
            return typeById;
        }
    }
}
