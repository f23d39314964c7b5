package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.R4Structures;
import io.clinicalstreams.topics.wire.R4Structures.Element;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.json.XhtmlText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * R4's structures, for the level {@code full} of validation: every element's name, type, cardinality, format and
 * required codes, by R4's regular expressions.
 */
final class StructureRules {

    /**
     * A JSON name in a structure.
     *
     * @param element it is, or is a form of
     * @param name the element's name
     * @param isExtensions whether it is the extensions of a primitive value
     */
    private record Place(Element element, String name, String type, boolean isExtensions) {}

    private static final Map<String, Map<String, Element>> TYPES = R4Structures.types();
    private static final Map<String, List<String>> CODES = R4Structures.valueSets();
    private static final Map<String, Map<String, Place>> PLACES = new HashMap<>();
    private static final int NESTED_RESOURCES = 4;

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,9})");
    private static final Map<String, Pattern> FORMATS = Map.ofEntries(
            format("string", "[\\s\\S]+"),
            format("markdown", "[\\s\\S]+"),
            format("resourceType", "[\\s\\S]+"),
            format("code", "\\S+(\\s\\S+)*"),
            format("uri", "\\S+"),
            format("url", "\\S+"),
            format("canonical", "\\S+"),
            format("id", "[A-Za-z0-9\\-.]{1,64}"),
            format("oid", "urn:oid:[0-2](\\.(0|[1-9][0-9]*))+"),
            format("uuid", "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
            format("time", "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?"));

    private static final Pattern BASE64 =
            Pattern.compile("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)");

    static {
        TYPES.forEach((type, elements) -> PLACES.put(type, places(type, elements)));
    }

    private final Defects defects;

    private StructureRules(Defects defects) {
        this.defects = defects;
    }

    static void check(JsonValue.Members resource, Defects defects) {
        new StructureRules(defects).resource(resource, 0);
    }

    private static Map.Entry<String, Pattern> format(String type, String regex) {
        return Map.entry(type, Pattern.compile(regex));
    }

    private static Map<String, Place> places(String structure, Map<String, Element> elements) {
        Map<String, Place> places = new HashMap<>();
        elements.forEach((name, element) -> {
            for (String type : element.types()) {
                String form = element.isChoice() ? R4Structures.formOf(name, type) : name;
                places.put(form, new Place(element, name, type, false));
                if (isPrimitive(type) && R4Structures.hasSibling(structure, name, type)) {
                    places.put('_' + form, new Place(element, name, type, true));
                }
            }
        });
        return places;
    }

    private void resource(JsonValue.Members resource, int around) {
        String type = resource.text("resourceType");
        if (around > NESTED_RESOURCES) {
            defects.must(Reason.INVALID_VALUE);
        } else if (type == null) {
            defects.must(Reason.MISSING_RESOURCE_TYPE, Reason.UNKNOWN_RESOURCE_TYPE);
        } else if (!ResourceTypeNames.NAMES.contains(type)) {
            defects.must(Reason.UNKNOWN_RESOURCE_TYPE);
        } else {
            object(type, resource, around);
        }
    }

    private void object(String type, JsonValue.Members object, int around) {
        Map<String, Place> places = PLACES.getOrDefault(type, Map.of());
        Map<String, Set<String>> formsByElement = new HashMap<>();
        object.elements().forEach((name, value) -> {
            Place place = places.get(name);
            if (place == null) {
                defects.must(Reason.UNKNOWN_ELEMENT);
            } else {
                formsByElement
                        .computeIfAbsent(place.name(), any -> new HashSet<>())
                        .add(place.type());
                member(place, value, around);
            }
        });
        TYPES.getOrDefault(type, Map.of()).forEach((name, element) -> {
            int forms = formsByElement.getOrDefault(name, Set.of()).size();
            if (forms > 1) {
                defects.must(Reason.MULTIPLE_CHOICE);
            } else if (forms == 0 && element.isRequired()) {
                defects.must(Reason.MISSING_ELEMENT, Reason.INVALID_VALUE);
            }
        });
        if (places.values().stream().anyMatch(place -> hasLoneNull(place, object))) {
            defects.must(Reason.INVALID_VALUE);
        }
        boolean isBoth = formsByElement.containsKey("value[x]") && formsByElement.containsKey("extension");
        if (object.elements().isEmpty() || (type.equals("Extension") && isBoth)) {
            defects.must(Reason.INVALID_VALUE);
        }
    }

    /** Whether a primitive value and its extensions, in parallel arrays, are both null or missing. */
    private static boolean hasLoneNull(Place place, JsonValue.Members object) {
        if (!place.element().isMany() || !isPrimitive(place.type())) {
            return false;
        }
        List<JsonValue> values = object.items(place.name());
        List<JsonValue> extensions = object.items('_' + place.name());
        return IntStream.range(0, Math.max(values.size(), extensions.size()))
                .anyMatch(i -> isMissing(values, i) && isMissing(extensions, i));
    }

    private static boolean isMissing(List<JsonValue> values, int index) {
        return index >= values.size() || isNull(values.get(index));
    }

    private static boolean isPrimitive(String type) {
        return !TYPES.containsKey(type) && !type.equals("Resource");
    }

    private void member(Place place, JsonValue value, int around) {
        if (!place.element().isMany()) {
            single(place, value, around);
        } else if (!(value instanceof JsonValue.Items items)) {
            defects.must(Reason.WRONG_ELEMENT_TYPE);
        } else if (items.values().isEmpty()) {
            defects.must(Reason.INVALID_VALUE);
        } else {
            items.values().stream()
                    .filter(each -> !(isPrimitive(place.type()) && isNull(each)))
                    .forEach(each -> single(place, each, around));
        }
    }

    private static boolean isNull(JsonValue value) {
        return value instanceof JsonValue.Literal literal && literal.isNull();
    }

    private void single(Place place, JsonValue value, int around) {
        String type = place.isExtensions() ? "Element" : place.type();
        if (!isPrimitive(type)) {
            if (!(value instanceof JsonValue.Members inner)) {
                defects.must(Reason.WRONG_ELEMENT_TYPE);
            } else if (type.equals("Resource")) {
                resource(inner, around + 1);
            } else {
                object(type, inner, around);
            }
            return;
        }
        Reason problem = problem(type, value);
        if (problem != null) {
            defects.must(problem);
        }
    }

    private @Nullable Reason problem(String type, JsonValue value) {
        return switch (type) {
            case "boolean" -> value instanceof JsonValue.Literal && !isNull(value) ? null : Reason.WRONG_ELEMENT_TYPE;
            case "decimal" -> value instanceof JsonValue.Numeral ? null : Reason.WRONG_ELEMENT_TYPE;
            case "integer", "unsignedInt", "positiveInt" ->
                value instanceof JsonValue.Numeral number
                        ? valid(isInteger(type, number.text()))
                        : Reason.WRONG_ELEMENT_TYPE;
            default ->
                value instanceof JsonValue.Text text ? valid(isText(type, text.value())) : Reason.WRONG_ELEMENT_TYPE;
        };
    }

    private static @Nullable Reason valid(boolean isValid) {
        return isValid ? null : Reason.INVALID_VALUE;
    }

    private static boolean isInteger(String type, String number) {
        if (!INTEGER.matcher(number).matches()) {
            return false;
        }
        long value = Long.parseLong(number);
        return value == (int) value
                && (type.equals("integer") || (!number.startsWith("-") && (type.equals("unsignedInt") || value > 0)));
    }

    private boolean isText(String type, String text) {
        List<String> codes = CODES.get(type);
        if (codes != null) {
            return codes.contains(text);
        }
        return switch (type) {
            case "date" -> Elements.isDateTime(text) && !text.contains("T");
            case "dateTime" -> Elements.isDateTime(text);
            case "instant" -> Elements.isDateTime(text) && text.contains("T");
            case "base64Binary" -> BASE64.matcher(text.replaceAll("\\s", "")).matches();
            case "xhtml" -> isNarrative(text);
            default ->
                FORMATS.containsKey(type) && FORMATS.get(type).matcher(text).matches();
        };
    }

    private boolean isNarrative(String text) {
        if (XhtmlText.isUnusual(text)) {
            defects.may(Reason.INVALID_VALUE);
        }
        return XhtmlText.isXhtml(text);
    }
}
