package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.fhir.datatype.ConceptReader;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.datatype.MetaReader;
import io.clinicalstreams.pipeline.fhir.datatype.PeriodReader;
import io.clinicalstreams.pipeline.fhir.datatype.StatusReader;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Encounters. */
final class EncounterReader implements RoutedReader {

    /** The classes of HL7's ActCode that are a stay in hospital. */
    private static final TextMap<Boolean> STAYS =
            new TextMap<>(Map.of("IMP", true, "ACUTE", true, "NONAC", true, "SS", true, "EMER", true, "OBSENC", true));

    /** A patient on leave is expected back, but nothing is measured meanwhile. */
    private static final Set<String> PRESENT = Set.of("arrived", "triaged", "in-progress");

    private final StatusReader<String> status = statuses();
    private final StatusReader<String> pastStatus = statuses();
    private final ConceptReader kind;
    private final PeriodReader period;
    private final ReferenceReader subject = new ReferenceReader();
    private final boolean building;
    private final MetaReader meta;

    private byte[] bytes = {};
    private long id;

    EncounterReader(boolean building, TextCache texts, FhirTime time, PeriodReader period) {
        this.building = building;
        this.kind = new ConceptReader(false, texts);
        this.period = period;
        this.meta = new MetaReader(building, time);
    }

    private static StatusReader<String> statuses() {
        return StatusReader.ofCodes(
                "planned",
                "arrived",
                "triaged",
                "in-progress",
                "onleave",
                "finished",
                "cancelled",
                "entered-in-error",
                "unknown");
    }

    @Override
    public void read(JsonCursor cursor) {
        status.clear();
        kind.clear();
        subject.clear();
        meta.clear();
        bytes = cursor.bytes();
        id = Span.NONE;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ID -> id = Ids.read(cursor);
                case META -> meta.read(cursor);
                case STATUS -> status.read(cursor);
                case STATUS_HISTORY -> readHistory(cursor);
                case CLASS -> kind.readCoding(cursor);
                case SUBJECT -> subject.read(cursor);
                case PERIOD -> period.read(cursor);
                case LOCATION -> readLocations(cursor);
                default -> cursor.skip();
            }
        }
    }

    /** Each past status has a code and a period. */
    private void readHistory(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            pastStatus.clear();
            boolean hasPeriod = false;
            for (boolean within = cursor.enterObject(); within && cursor.nextName(); ) {
                switch (cursor.element()) {
                    case STATUS -> pastStatus.read(cursor);
                    case PERIOD -> hasPeriod = period.read(cursor);
                    default -> cursor.skip();
                }
            }
            if (pastStatus.value() == null || !hasPeriod) {
                cursor.problems().element(Reason.INVALID_VALUE);
            }
        }
    }

    /** Each must have a location. */
    private static void readLocations(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            boolean hasLocation = false;
            for (boolean within = cursor.enterObject(); within && cursor.nextName(); ) {
                if (cursor.element() == Element.LOCATION) {
                    hasLocation = cursor.skipObject();
                } else {
                    cursor.skip();
                }
            }
            if (!hasLocation) {
                cursor.problems().element(Reason.INVALID_VALUE);
            }
        }
    }

    @Override
    public @Nullable Reason brokenRule(byte[] bytes, int from, int to) {
        if (status.isMissing()) {
            return Reason.MISSING_STATUS;
        }
        if (status.isInvalid()) {
            return Reason.INVALID_STATUS;
        }
        return kind.hasContent() ? null : Reason.MISSING_CLASS;
    }

    @Override
    public ReferenceReader subject() {
        return subject;
    }

    @Override
    public Finding found(RoutedType type, @Nullable PatientReference patient, ReferenceContext context) {
        return new Finding.Routed(type, PatientReference.keyOf(patient), null, building ? encounter(context) : null);
    }

    /** Null if it has no id or is of an unknown server, or does not know its status. */
    private @Nullable Encounter encounter(ReferenceContext context) {
        String now = status.value();
        String own = id == Span.NONE ? null : Text.of(bytes, id);
        String identity =
                own == null || context.isAtHome() ? own : context.address(RoutedType.ENCOUNTER.resourceType(), own);
        if (identity == null || now == null || now.equals("unknown")) {
            return null;
        }
        return new Encounter(
                identity,
                STAYS.find(bytes, kind.firstCode()) != null,
                PRESENT.contains(now),
                meta.versionId(),
                meta.lastUpdated(),
                meta.isTestData());
    }
}
