package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON types of FHIR's elements, by name, and what FHIR forbids everywhere: nulls, empty texts, objects and arrays,
 * and blanks around a text. A lenient reader may accept these in elements that it does not read, so for these reasons a
 * resource may be rejected, but need not be.
 */
final class Shapes {

    private enum Shape {
        TEXT,
        NUMBER,
        LITERAL,
        OBJECT,
        OBJECTS
    }

    private static final Map<String, Shape> SHAPES = new HashMap<>();

    static {
        all(Shape.TEXT, "id", "system", "version", "display", "unit", "reference", "status", "intent", "comparator");
        all(Shape.TEXT, "issued", "effectiveDateTime", "effectiveInstant", "start", "end", "fullUrl", "resourceType");
        all(Shape.TEXT, "valueString", "valueDateTime", "valueTime", "valueBase64Binary");
        all(Shape.NUMBER, "valueInteger");
        all(Shape.LITERAL, "userSelected", "valueBoolean");
        all(Shape.OBJECT, "subject", "encounter", "meta", "effectivePeriod", "effectiveTiming", "dataAbsentReason");
        all(
                Shape.OBJECT,
                "valueQuantity",
                "valueCodeableConcept",
                "valueRange",
                "valueRatio",
                "valueSampledData",
                "_text");
        all(Shape.OBJECT, "valuePeriod", "medicationReference", "medicationCodeableConcept", "class", "low", "high");
        all(Shape.OBJECTS, "coding", "component", "interpretation", "referenceRange", "contained", "security", "entry");
    }

    /** Elements that are one Reference each. */
    private static final Set<String> REFERENCES = Set.of("subject", "encounter", "medicationReference");

    private Shapes() {}

    private static void all(Shape shape, String... names) {
        for (String name : names) {
            SHAPES.put(name, shape);
        }
    }

    /** Adds the value's type errors, at any depth. */
    static void check(JsonValue value, Defects defects) {
        check("", "", value, defects);
    }

    /** Whether an item of a primitive array is null and has an extension in the parallel array. */
    static boolean isExtended(JsonValue item, List<JsonValue> extensions, int index) {
        return item instanceof JsonValue.Literal literal
                && literal.isNull()
                && index < extensions.size()
                && extensions.get(index) instanceof JsonValue.Members;
    }

    /** Without the nulls of two parallel arrays, {@code event} and {@code _event}; null when nothing is left. */
    private static @Nullable JsonValue withoutParallelNulls(JsonValue.Members object, String name, JsonValue value) {
        String other = name.startsWith("_") ? name.substring(1) : '_' + name;
        List<JsonValue> beside = object.items(other);
        if (beside.isEmpty() || !(value instanceof JsonValue.Items items)) {
            return value;
        }
        List<JsonValue> own = new ArrayList<>();
        for (int i = 0; i < items.values().size(); i++) {
            JsonValue item = items.values().get(i);
            boolean isBeside = i < beside.size() && item instanceof JsonValue.Literal literal && literal.isNull();
            if (!isBeside || isIrregular(beside.get(i))) {
                own.add(item);
            }
        }
        return own.isEmpty() && !items.values().isEmpty() ? null : new JsonValue.Items(own, value.start(), value.end());
    }

    private static void check(String parent, String name, JsonValue value, Defects defects) {
        if (isIrregular(value) || !isInShape(parent, name, value)) {
            defects.may(Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        if (value instanceof JsonValue.Members object) {
            object.elements().forEach((inner, element) -> {
                JsonValue left = withoutParallelNulls(object, inner, element);
                if (left != null) {
                    check(name, inner, left, defects);
                }
            });
        } else if (value instanceof JsonValue.Items items) {
            items.values().forEach(element -> check(name, "", element, defects));
        }
    }

    private static boolean isIrregular(JsonValue value) {
        if (value instanceof JsonValue.Members object) {
            return object.elements().isEmpty();
        }
        if (value instanceof JsonValue.Items items) {
            return items.values().isEmpty();
        }
        if (value instanceof JsonValue.Text text) {
            return text.value().isEmpty() || !text.value().strip().equals(text.value());
        }
        return value instanceof JsonValue.Literal literal && literal.isNull();
    }

    private static boolean isInShape(String parent, String name, JsonValue value) {
        Shape shape = SHAPES.get(name);
        if (shape == null) {
            return switch (name) {
                case "code" -> value instanceof JsonValue.Text || value instanceof JsonValue.Members;
                case "type" ->
                    REFERENCES.contains(parent)
                            ? value instanceof JsonValue.Text
                            : !(value instanceof JsonValue.Numeral || value instanceof JsonValue.Literal);
                case "value" -> value instanceof JsonValue.Numeral || value instanceof JsonValue.Text;
                case "identifier" -> parent.isEmpty() ? areObjects(value) : value instanceof JsonValue.Members;
                case "event" ->
                    value instanceof JsonValue.Items events
                            && events.values().stream().allMatch(JsonValue.Text.class::isInstance);
                case "text" -> value instanceof JsonValue.Text || value instanceof JsonValue.Members;
                // An item of an array: an object where the array must hold objects.
                case "" ->
                    !SHAPES.getOrDefault(parent, Shape.TEXT).equals(Shape.OBJECTS)
                            || value instanceof JsonValue.Members;
                default -> true;
            };
        }
        return switch (shape) {
            case TEXT -> value instanceof JsonValue.Text;
            case NUMBER -> value instanceof JsonValue.Numeral;
            case LITERAL -> value instanceof JsonValue.Literal;
            case OBJECT -> value instanceof JsonValue.Members;
            case OBJECTS -> areObjects(value);
        };
    }

    private static boolean areObjects(JsonValue value) {
        return value instanceof JsonValue.Items items && items.areObjects();
    }
}
