package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.datatype.ConceptReader;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.datatype.PeriodReader;
import io.clinicalstreams.pipeline.fhir.datatype.StatusReader;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/** Reads Encounters. */
final class EncounterReader implements RoutedReader {

    private final StatusReader<String> status = statuses();
    private final StatusReader<String> pastStatus = statuses();
    private final ConceptReader kind;
    private final PeriodReader period;
    private final ReferenceReader subject = new ReferenceReader();

    EncounterReader(TextCache texts, PeriodReader period) {
        this.kind = new ConceptReader(false, texts);
        this.period = period;
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
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ID -> Ids.read(cursor);
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
}
