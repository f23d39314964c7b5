package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.Reason;
import org.jspecify.annotations.Nullable;

/** Reads MedicationKnowledge: about a product, not a patient, and keyed by the product's first code. */
final class MedicationKnowledgeReader implements RoutedReader {

    private final StatusReader<String> status = StatusReader.ofCodes("active", "inactive", "entered-in-error");
    private final ConceptReader code;
    private byte[] bytes = {};

    MedicationKnowledgeReader(TextCache texts) {
        this.code = new ConceptReader(false, texts);
    }

    @Override
    public void read(JsonCursor cursor) {
        bytes = cursor.bytes();
        status.clear();
        code.clear();
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            switch (cursor.element()) {
                case STATUS -> status.read(cursor);
                case CODE -> code.read(cursor);
                default -> cursor.skip();
            }
        }
    }

    @Override
    public @Nullable Reason brokenRule(byte[] bytes, int from, int to) {
        if (status.isInvalid()) {
            return Reason.INVALID_STATUS;
        }
        return code.firstCode() == Span.NONE ? Reason.MISSING_CODE : null;
    }

    @Override
    public @Nullable ReferenceReader subject() {
        return null;
    }

    @Override
    public Finding.Routed routed(@Nullable PatientReference patient, BundleTargets targets) {
        String product = Text.of(bytes, code.firstCode());
        return new Finding.Routed(RoutedType.MEDICATION_KNOWLEDGE, null, product, null);
    }
}
