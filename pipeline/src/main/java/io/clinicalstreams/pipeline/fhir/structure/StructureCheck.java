package io.clinicalstreams.pipeline.fhir.structure;

import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.Decimals;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.TokenListener;
import io.clinicalstreams.topics.wire.Reason;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks every element of a resource while a cursor goes through it. Reused for each resource. What is inside an
 * unknown element, or an element of the wrong type, is not checked: it is rejected already.
 */
public final class StructureCheck implements TokenListener {

    /** Resources in each other. R4 has a resource in a contained Bundle or Parameters at most. */
    private static final int RESOURCES = 4;

    /** Choices of type in one structure; ElementDefinition has five. */
    private static final int CHOICES = 8;

    private static final int FRAMES = Bounds.NESTING + 1;

    private final JsonCursor cursor;
    private final JsonCursor ahead = new JsonCursor();
    private final TextFormats formats = new TextFormats();

    /** For each open container: whether it is an array, and the structure of an object or the element of an array. */
    private final boolean[] isArray = new boolean[FRAMES];

    private final Structure[] structures = new Structure[FRAMES];
    private final StructureElement[] elements = new StructureElement[FRAMES];

    /** For each open container: its members or elements so far, and the resources around and including it. */
    private final int[] size = new int[FRAMES];

    private final int[] resources = new int[FRAMES];

    /** For each open object: the bits of the elements so far, and the forms of its choices, 0 for none. */
    private final long[] seen = new long[FRAMES];

    private final int[] forms = new int[FRAMES * CHOICES];

    /** For each open array of primitive values or of their extensions: where it has a null. Null without one. */
    private final @Nullable BitSet[] nulls = new BitSet[FRAMES];

    /** For each open object: its arrays of primitive values with those of their extensions, by element. */
    private final List<Map<String, Places>> places =
            Stream.<Map<String, Places>>generate(HashMap::new).limit(FRAMES).toList();

    private int depth;
    private StructureElement expected = Structure.ANY_ELEMENT;
    private @Nullable Reason problem;

    /**
     * A primitive element that is an array.
     *
     * @param given the indices that have a value, or extensions
     * @param size of the longer array
     */
    private record Places(BitSet given, int size) {

        static Places of(int size, @Nullable BitSet nulls) {
            BitSet given = new BitSet();
            given.set(0, size);
            if (nulls != null) {
                given.andNot(nulls);
            }
            return new Places(given, size);
        }

        Places with(Places other) {
            given.or(other.given);
            return new Places(given, Math.max(size, other.size));
        }

        boolean hasGap() {
            return given.cardinality() < size;
        }
    }

    /** @param cursor that will read the resources */
    public StructureCheck(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /** Begins with the resource at the cursor. */
    public void begin(String resourceType) {
        depth = 0;
        problem = null;
        expected = StructureTable.R4.resource(resourceType);
        cursor.tell(this);
    }

    /** The first problem of the resource; null if there is none. */
    public @Nullable Reason problem() {
        return problem;
    }

    @Override
    public void name() {
        size[depth]++;
        StructureElement element = structures[depth].element(cursor);
        if (element == null) {
            note(Reason.UNKNOWN_ELEMENT);
            expected = Structure.ANY_ELEMENT;
            return;
        }
        expected = element;
        seen[depth] |= element.bit();
        if (element.choice() != StructureElement.NO_CHOICE) {
            int at = depth * CHOICES + element.choice();
            if (forms[at] != 0 && forms[at] != element.form()) {
                note(Reason.MULTIPLE_CHOICE);
            }
            forms[at] = element.form();
        }
    }

    @Override
    public void element() {
        size[depth]++;
        expected = elements[depth];
    }

    @Override
    public void open(boolean isObject) {
        StructureElement element = expected;
        int inner = resources[depth];
        Structure structure = Structure.ANY;
        if (isObject) {
            if (isMisplaced(element)) {
                note(Reason.WRONG_ELEMENT_TYPE);
            } else if (element.kind() == ElementKind.RESOURCE) {
                structure = innerResource(++inner);
            } else if (element.kind() == ElementKind.OBJECT) {
                structure = element.structure();
            } else if (element.kind() != ElementKind.ANY) {
                note(Reason.WRONG_ELEMENT_TYPE);
            }
        } else if (element.kind() != ElementKind.ANY && (!element.isMany() || isArray[depth])) {
            note(Reason.WRONG_ELEMENT_TYPE);
            element = Structure.ANY_ELEMENT;
        }
        depth++;
        isArray[depth] = !isObject;
        structures[depth] = structure;
        elements[depth] = element;
        size[depth] = 0;
        resources[depth] = inner;
        seen[depth] = 0;
        nulls[depth] = null;
        places.get(depth).clear();
        Arrays.fill(forms, depth * CHOICES, depth * CHOICES + structure.choices(), 0);
    }

    /** Looks ahead for the type: it need not come first. */
    private Structure innerResource(int inner) {
        if (inner > RESOURCES) {
            note(Reason.INVALID_VALUE);
            return Structure.ANY;
        }
        ahead.open(cursor.bytes(), cursor.position(), cursor.bytes().length);
        for (boolean inside = ahead.enterObject(); inside && ahead.nextName(); ) {
            if (ahead.element() == Element.RESOURCE_TYPE) {
                long type = ahead.isAtString() ? ahead.anyString() : Span.NONE;
                String known = KnownTypes.BY_NAME.find(ahead.bytes(), type);
                if (known == null) {
                    note(Reason.UNKNOWN_RESOURCE_TYPE);
                    return Structure.ANY;
                }
                return StructureTable.R4.resource(known).structure();
            }
            ahead.skip();
        }
        note(Reason.MISSING_RESOURCE_TYPE);
        return Structure.ANY;
    }

    @Override
    public void close() {
        if (isArray[depth]) {
            if (size[depth] == 0 && elements[depth].kind() != ElementKind.ANY) {
                note(Reason.INVALID_VALUE);
            } else if (elements[depth].isNullable()) {
                Places all = Places.of(size[depth], nulls[depth]);
                places.get(depth - 1).merge(elements[depth].name(), all, Places::with);
            }
        } else if (structures[depth] != Structure.ANY) {
            close(structures[depth]);
        }
        depth--;
    }

    private void close(Structure structure) {
        boolean hasLoneNull = places.get(depth).values().stream().anyMatch(Places::hasGap);
        if (size[depth] == 0 || structure.isContradicted(seen[depth]) || hasLoneNull) {
            note(Reason.INVALID_VALUE);
        } else if (structure.isMissingAny(seen[depth])) {
            note(Reason.MISSING_ELEMENT);
        }
    }

    @Override
    public void string(long span) {
        ElementKind kind = expected.kind();
        if (kind == ElementKind.ANY) {
            return;
        }
        if (!kind.isText() || isMisplaced(expected)) {
            note(Reason.WRONG_ELEMENT_TYPE);
        } else if (kind == ElementKind.CODED
                ? expected.codes().find(cursor.bytes(), span) == null
                : !formats.isValid(kind, cursor.bytes(), span)) {
            note(Reason.INVALID_VALUE);
        }
    }

    @Override
    public void number(long span) {
        ElementKind kind = expected.kind();
        if (kind == ElementKind.ANY || (kind == ElementKind.DECIMAL && !isMisplaced(expected))) {
            return;
        }
        boolean isInteger = kind == ElementKind.INTEGER
                || kind == ElementKind.UNSIGNED_INTEGER
                || kind == ElementKind.POSITIVE_INTEGER;
        if (!isInteger || isMisplaced(expected)) {
            note(Reason.WRONG_ELEMENT_TYPE);
        } else if (!isInRange(kind, span)) {
            note(Reason.INVALID_VALUE);
        }
    }

    private boolean isInRange(ElementKind kind, long span) {
        byte first = cursor.bytes()[Span.start(span)];
        boolean inRange =
                kind == ElementKind.INTEGER || (first != '-' && (kind == ElementKind.UNSIGNED_INTEGER || first != '0'));
        return inRange && Decimals.isInteger(cursor.bytes(), span);
    }

    @Override
    public void literal(boolean isBoolean) {
        ElementKind kind = expected.kind();
        if (!isBoolean && expected.isNullable() && isArray[depth]) {
            BitSet indices = nulls[depth];
            if (indices == null) {
                indices = new BitSet();
                nulls[depth] = indices;
            }
            indices.set(size[depth] - 1);
        } else if (kind != ElementKind.ANY && !(isBoolean && kind == ElementKind.BOOLEAN && !isMisplaced(expected))) {
            note(Reason.WRONG_ELEMENT_TYPE);
        }
    }

    /** An array of primitive values is compared with the one of their extensions. */
    @Override
    public @Nullable Object expected() {
        return expected.isNullable() ? null : expected;
    }

    @Override
    public boolean hasProblem() {
        return problem != null;
    }

    /** Whether a single value stands where R4 has an array. */
    private boolean isMisplaced(StructureElement element) {
        return element.isMany() && !isArray[depth];
    }

    private void note(Reason reason) {
        problem = problem == null ? reason : problem;
    }
}
