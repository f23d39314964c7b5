package io.clinicalstreams.pipeline.fhir;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a component repeats a coding of the Observation itself (obs-7). Codings are equal as FHIRPath has it: in
 * system, version, code, display and userSelected. Few Observations have both components and a value of their own, so
 * this goes over the resource once more and makes Strings.
 */
final class SharedCode {

    private final JsonCursor cursor = new JsonCursor();
    private final Set<FullCoding> ofObservation = new HashSet<>();
    private final Set<FullCoding> ofComponents = new HashSet<>();

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

    private void readConcept(Set<FullCoding> codings) {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            if (cursor.element() != Element.CODING) {
                cursor.skip();
            } else if (cursor.enterArray()) {
                while (cursor.nextElement()) {
                    codings.add(readCoding());
                }
            }
        }
    }

    private FullCoding readCoding() {
        String system = null;
        String version = null;
        String code = null;
        String display = null;
        String userSelected = null;
        if (cursor.enterObject()) {
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case SYSTEM -> system = text();
                    case VERSION -> version = text();
                    case CODE -> code = text();
                    case DISPLAY -> display = text();
                    case USER_SELECTED -> userSelected = text();
                    default -> cursor.skip();
                }
            }
        }
        return new FullCoding(system, version, code, display, userSelected);
    }

    /** Any value, as it is written. */
    private String text() {
        if (cursor.isAtString()) {
            long span = cursor.string();
            return span == Span.NONE ? "" : Text.of(cursor.bytes(), span);
        }
        int start = cursor.position();
        cursor.skip();
        return Text.of(cursor.bytes(), Span.of(start, cursor.end(), false));
    }

    private record FullCoding(
            @Nullable String system,
            @Nullable String version,
            @Nullable String code,
            @Nullable String display,
            @Nullable String userSelected) {}
}
