package io.clinicalstreams.pipeline.fhir.structure;

import static io.clinicalstreams.pipeline.fhir.structure.StructureElement.NO_CHOICE;
import static io.clinicalstreams.pipeline.fhir.structure.StructureElement.NO_CODES;

import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.topics.wire.R4Structures;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The structures of R4, in the form that is fast to check. Loaded once, in some 30 ms. */
final class StructureTable {

    static final StructureTable R4 = new StructureTable();

    private static final String EXTENSION = "Extension";

    private final Map<String, Structure> structures = new HashMap<>();
    private final Map<String, TextMap<String>> valueSets = new HashMap<>();
    private final Map<String, StructureElement> resources = new HashMap<>();

    private StructureTable() {
        R4Structures.valueSets().forEach((name, codes) -> valueSets.put(name, codes(codes)));
        Map<String, Map<String, R4Structures.Element>> types = R4Structures.types();
        types.keySet().forEach(type -> structures.put(type, new Structure()));
        types.forEach((type, elements) -> new Filling(type).fill(elements));
        types.forEach((type, elements) -> {
            if (elements.containsKey("resourceType")) {
                resources.put(type, StructureElement.single(ElementKind.OBJECT, structure(type)));
            }
        });
    }

    private static TextMap<String> codes(Iterable<String> codes) {
        Map<String, String> byText = new HashMap<>();
        codes.forEach(code -> byText.put(code, code));
        return new TextMap<>(byText);
    }

    private Structure structure(String type) {
        return Objects.requireNonNull(structures.get(type), type);
    }

    /** A resource as if it were an element; not checked if R4 has no such type. */
    StructureElement resource(String type) {
        return resources.getOrDefault(type, Structure.ANY_ELEMENT);
    }

    /** Fills one structure. */
    private final class Filling {

        private final String type;
        private final Map<String, StructureElement> filled = new HashMap<>();
        private long required;
        private long exclusive;
        private int bits;
        private int choices;

        Filling(String type) {
            this.type = type;
        }

        void fill(Map<String, R4Structures.Element> elements) {
            elements.forEach(this::add);
            structure(type).fill(filled, required, exclusive, choices);
        }

        private void add(String name, R4Structures.Element element) {
            // An extension has a value or extensions, not both (ext-1): HAPI's parser refuses both.
            boolean excludes = type.equals(EXTENSION) && (name.equals("value[x]") || name.equals("extension"));
            long bit = element.isRequired() || excludes ? 1L << bits++ : 0;
            required |= element.isRequired() ? bit : 0;
            exclusive |= excludes ? bit : 0;
            if (!element.isChoice()) {
                put(name, element.types().get(0), element.isMany(), bit, NO_CHOICE, 0);
                return;
            }
            int form = 0;
            for (String each : element.types()) {
                put(R4Structures.formOf(name, each), each, element.isMany(), bit, choices, ++form);
            }
            choices++;
        }

        private void put(String name, String of, boolean isMany, long bit, int choice, int form) {
            TextMap<String> codes = valueSets.getOrDefault(of, NO_CODES);
            ElementKind kind = valueSets.containsKey(of) ? ElementKind.CODED : ElementKind.of(of);
            boolean isPrimitive = kind.isPrimitive();
            Structure inside = kind == ElementKind.OBJECT ? structure(of) : Structure.ANY;
            StructureElement element =
                    new StructureElement(kind, name, isMany, isMany && isPrimitive, bit, choice, form, inside, codes);
            filled.put(name, element);
            if (isPrimitive && R4Structures.hasSibling(type, name, of)) {
                filled.put('_' + name, element.sibling(structure("Element")));
            }
        }
    }
}
