package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.fhir.datatype.ConceptReader;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a component repeats a coding of the Observation itself (obs-7): the same code in the same system, compared
 * like the FHIR instance validator does. Few Observations have both components and a value, so this reads the resource
 * again and creates Strings.
 */
final class SharedCode {

    private final JsonCursor cursor = new JsonCursor();
    private final ConceptReader ofObservation;
    private final ConceptReader ofComponent;

    SharedCode(TextCache texts) {
        ofObservation = new ConceptReader(true, texts);
        ofComponent = new ConceptReader(true, texts);
    }

    boolean isIn(byte[] bytes, int from, int to) {
        ofObservation.clear();
        Set<Coding> ofComponents = new HashSet<>();
        cursor.open(bytes, from, to);
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case CODE -> ofObservation.read(cursor);
                case COMPONENT -> readComponents(ofComponents);
                default -> cursor.skip();
            }
        }
        return ofObservation.codings().stream()
                .anyMatch(coding -> coding.code() != null && ofComponents.contains(coding));
    }

    private void readComponents(Set<Coding> codings) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            // The reader's limit on codings is that of one component.
            ofComponent.clear();
            for (boolean within = cursor.enterObject(); within && cursor.nextName(); ) {
                if (cursor.element() == Element.CODE) {
                    ofComponent.read(cursor);
                } else {
                    cursor.skip();
                }
            }
            codings.addAll(ofComponent.codings());
        }
    }
}
