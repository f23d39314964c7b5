package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.datatype.StatusReader;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/** Reads MedicationRequests. */
final class MedicationRequestReader implements RoutedReader {

    private final StatusReader<String> status = StatusReader.ofCodes(
            "active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown");
    private final StatusReader<String> intent = StatusReader.ofCodes(
            "proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option");
    private final ReferenceReader medication = new ReferenceReader();
    private final ReferenceReader subject = new ReferenceReader();
    private final FhirTime time;
    private boolean hasConcept;

    MedicationRequestReader(FhirTime time) {
        this.time = time;
    }

    private void clear() {
        status.clear();
        intent.clear();
        medication.clear();
        subject.clear();
        hasConcept = false;
    }

    @Override
    public void read(JsonCursor cursor) {
        clear();
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ID -> Ids.read(cursor);
                case STATUS -> status.read(cursor);
                case INTENT -> intent.read(cursor);
                case MEDICATION_CODEABLE_CONCEPT -> hasConcept = cursor.skipObject();
                case MEDICATION_REFERENCE -> medication.read(cursor);
                case SUBJECT -> subject.read(cursor);
                case AUTHORED_ON -> time.read(cursor);
                default -> cursor.skip();
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
        if (intent.isMissing()) {
            return Reason.MISSING_INTENT;
        }
        if (intent.isInvalid()) {
            return Reason.INVALID_INTENT;
        }
        if (!hasConcept && !medication.hasContent()) {
            return Reason.MISSING_MEDICATION;
        }
        return hasConcept && medication.hasContent() ? Reason.MULTIPLE_CHOICE : null;
    }

    @Override
    public ReferenceReader subject() {
        return subject;
    }
}
