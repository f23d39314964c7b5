package io.clinicalstreams.verifier.json;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value and where it stands in the bytes it was read from: from {@code start} up to, not including, {@code end}.
 */
public sealed interface JsonValue {

    int start();

    int end();

    /**
     * An object.
     *
     * @param elements of an element named twice the first is kept
     * @param repeated the names that stand more than once
     */
    record Members(Map<String, JsonValue> elements, Set<String> repeated, int start, int end) implements JsonValue {

        @Nullable
        public JsonValue get(String name) {
            return elements.get(name);
        }

        public boolean has(String name) {
            return elements.containsKey(name);
        }

        /** The element's text, or null when it is missing or no text. */
        @Nullable
        public String text(String name) {
            return elements.get(name) instanceof Text text ? text.value() : null;
        }

        /** The element, or null when it is missing or no object. */
        @Nullable
        public Members object(String name) {
            return elements.get(name) instanceof Members object ? object : null;
        }

        /** The element's values; none when it is missing or no array. */
        public List<JsonValue> items(String name) {
            return elements.get(name) instanceof Items items ? items.values() : List.of();
        }

        /** Those of the element's values that are objects. */
        public List<Members> objects(String name) {
            return items(name).stream()
                    .filter(Members.class::isInstance)
                    .map(Members.class::cast)
                    .toList();
        }
    }

    record Items(List<JsonValue> values, int start, int end) implements JsonValue {

        /** Whether it holds nothing but objects. */
        public boolean areObjects() {
            return values.stream().allMatch(Members.class::isInstance);
        }
    }

    /** A string; its quotes are within start and end. */
    record Text(String value, int start, int end) implements JsonValue {

        /** How many bytes it has as it is written, without its quotes. */
        public int written() {
            return end - start - 2;
        }
    }

    /** A number as written. */
    record Numeral(String text, int start, int end) implements JsonValue {}

    /** true, false or null. */
    record Literal(boolean isNull, int start, int end) implements JsonValue {}
}
