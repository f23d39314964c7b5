package io.clinicalstreams.pipeline.fhir.structure;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of a resource, a data type, or a part of one. Structures refer to each other, so they are filled later. */
final class Structure {

    /** Of an object that is not checked. */
    static final Structure ANY = new Structure();

    static final StructureElement ANY_ELEMENT = StructureElement.single(ElementKind.ANY, ANY);

    private TextMap<StructureElement> elements = new TextMap<>(Map.of());
    private long required;
    private long exclusive;
    private int choices;

    /**
     * @param required the bits of the elements that must be there
     * @param exclusive the bits of elements that must not all be there
     */
    void fill(Map<String, StructureElement> elements, long required, long exclusive, int choices) {
        this.elements = new TextMap<>(elements);
        this.required = required;
        this.exclusive = exclusive;
        this.choices = choices;
    }

    /** The element with the cursor's current name; null if there is none. */
    @Nullable
    StructureElement element(JsonCursor cursor) {
        return this == ANY ? ANY_ELEMENT : cursor.name(elements);
    }

    boolean isMissingAny(long seen) {
        return (seen & required) != required;
    }

    boolean isContradicted(long seen) {
        return exclusive != 0 && (seen & exclusive) == exclusive;
    }

    int choices() {
        return choices;
    }
}
