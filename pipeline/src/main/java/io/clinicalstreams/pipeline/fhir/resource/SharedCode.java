package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a component repeats a coding of the Observation itself (obs-7): the same code in the same system, compared
 * like the FHIR instance validator does. Few Observations have both components and a value, so this reads the resource
 * again and creates Strings.
 */
final class SharedCode {

    private final JsonCursor cursor = new JsonCursor();
    private final Set<Coding> ofObservation = new HashSet<>();
    private final Set<Coding> ofComponents = new HashSet<>();

    boolean isIn(byte[] bytes, int from, int to) {
        ofObservation.clear();
        ofComponents.clear();
        cursor.open(bytes, from, to);
        if (cursor.enterObject()) {
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case CODE -> readConcept(ofObservation);
                    case COMPONENT -> readComponents();
                    default -> cursor.skip();
                }
            }
        }
        return ofComponents.stream().anyMatch(ofObservation::contains);
    }

    private void readComponents() {
        if (!cursor.enterArray()) {
            return;
        }
        while (cursor.nextElement()) {
            if (cursor.enterObject()) {
                while (cursor.nextName()) {
                    if (cursor.element() == Element.CODE) {
                        readConcept(ofComponents);
                    } else {
                        cursor.skip();
                    }
                }
            }
        }
    }

    private void readConcept(Set<Coding> codings) {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            if (cursor.element() != Element.CODING) {
                cursor.skip();
            } else if (cursor.enterArray()) {
                while (cursor.nextElement()) {
                    readCoding(codings);
                }
            }
        }
    }

    private void readCoding(Set<Coding> codings) {
        long system = Span.NONE;
        long code = Span.NONE;
        if (cursor.enterObject()) {
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case SYSTEM -> system = cursor.string();
                    case CODE -> code = cursor.string();
                    default -> cursor.skip();
                }
            }
        }
        if (code != Span.NONE) {
            byte[] bytes = cursor.bytes();
            codings.add(new Coding(system == Span.NONE ? null : Text.of(bytes, system), Text.of(bytes, code)));
        }
    }
}
