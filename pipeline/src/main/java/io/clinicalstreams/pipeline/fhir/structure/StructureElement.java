package io.clinicalstreams.pipeline.fhir.structure;

import io.clinicalstreams.pipeline.fhir.json.TextMap;
import java.util.Map;

/**
 * An element that a structure may have.
 *
 * @param name of a primitive value, also for its extensions
 * @param isMany whether it is an array
 * @param isNullable whether an element of the array may be null: a primitive value or its extensions
 * @param bit set among the elements seen in an object; 0 if it does not matter whether it was seen
 * @param choice which of the structure's choices of type it belongs to; {@link #NO_CHOICE} if none
 * @param form which form of the choice it is, from 1; a value and its extensions are one form
 * @param structure of an object
 * @param codes that are allowed
 */
record StructureElement(
        ElementKind kind,
        String name,
        boolean isMany,
        boolean isNullable,
        long bit,
        int choice,
        int form,
        Structure structure,
        TextMap<String> codes) {

    static final int NO_CHOICE = -1;
    static final TextMap<String> NO_CODES = new TextMap<>(Map.of());

    /** A single element that is no choice. */
    static StructureElement single(ElementKind kind, Structure structure) {
        return new StructureElement(kind, "", false, false, 0, NO_CHOICE, 0, structure, NO_CODES);
    }

    /** The extensions of this primitive value: the element with an underscore. */
    StructureElement sibling(Structure extensions) {
        return new StructureElement(ElementKind.OBJECT, name, isMany, isMany, bit, choice, form, extensions, NO_CODES);
    }
}
