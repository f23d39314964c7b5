package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.datatype.ConceptReader;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.datatype.StatusReader;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads MedicationKnowledge: about a product, not a patient, and keyed by the product's first code. In a compacted
 * topic, two products with the same key overwrite each other, so the key contains the code's system. For RxNorm it is
 * the code alone: orders carry these codes, and the topic's keys consist of owner and product code.
 */
final class MedicationKnowledgeReader implements RoutedReader {

    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

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
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case ID -> Ids.read(cursor);
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
        if (code.firstCode() == Span.NONE) {
            return Reason.MISSING_CODE;
        }
        int system = code.firstSystem() == Span.NONE ? 0 : Span.length(code.firstSystem());
        return system + Span.length(code.firstCode()) > Bounds.TEXT_BYTES ? Reason.INVALID_VALUE : null;
    }

    @Override
    public @Nullable ReferenceReader subject() {
        return null;
    }

    @Override
    public Finding found(RoutedType type, @Nullable PatientReference none, ReferenceContext context) {
        return new Finding.Catalogued(type, product());
    }

    /** The RxNorm code, else {@code system|code}, or {@code |code} without a system. */
    private String product() {
        String product = Text.of(bytes, code.firstCode());
        String system = code.firstSystem() == Span.NONE ? "" : Text.of(bytes, code.firstSystem());
        return system.equals(RXNORM) ? product : system + '|' + product;
    }
}
