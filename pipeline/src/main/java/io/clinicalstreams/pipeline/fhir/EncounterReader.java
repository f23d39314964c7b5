package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.PatientKey;
import io.clinicalstreams.pipeline.domain.Reason;
import org.jspecify.annotations.Nullable;

/** Reads Encounters. */
final class EncounterReader implements RoutedReader {

    private final StatusReader<String> status = StatusReader.ofCodes(
            "planned",
            "arrived",
            "triaged",
            "in-progress",
            "onleave",
            "finished",
            "cancelled",
            "entered-in-error",
            "unknown");
    private final ConceptReader kind;
    private final ReferenceReader subject = new ReferenceReader();

    EncounterReader(TextCache texts) {
        this.kind = new ConceptReader(false, texts);
    }

    @Override
    public void read(JsonCursor cursor) {
        status.clear();
        kind.clear();
        subject.clear();
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            switch (cursor.element()) {
                case STATUS -> status.read(cursor);
                case CLASS -> kind.readCoding(cursor);
                case SUBJECT -> subject.read(cursor);
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
        return kind.hasContent() ? null : Reason.MISSING_CLASS;
    }

    @Override
    public ReferenceReader subject() {
        return subject;
    }

    @Override
    public Finding.Routed routed(@Nullable PatientReference patient, BundleTargets targets) {
        PatientKey key = patient == null ? null : patient.key();
        return new Finding.Routed(RoutedType.ENCOUNTER, key, null, null);
    }
}
