package io.clinicalstreams.verifier.json;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON value and its byte range in the input, from {@code start} (inclusive) to {@code end} (exclusive). */
public sealed interface JsonValue {

    int start();

    int end();

    /** Its place only: this text may be logged. */
    private static String withoutContent(JsonValue value) {
        return value.getClass().getSimpleName() + "[bytes " + value.start() + " to " + value.end() + ']';
    }

    /**
     * An object.
     *
     * @param elements by name; the first one of a repeated name
     * @param repeated names that occur more than once
     */
    record Members(Map<String, JsonValue> elements, Set<String> repeated, int start, int end) implements JsonValue {

        @Nullable
        public JsonValue get(String name) {
            return elements.get(name);
        }

        public boolean has(String name) {
            return elements.containsKey(name);
        }

        /** The element's text, or null when it is missing or not a text. */
        @Nullable
        public String text(String name) {
            return elements.get(name) instanceof Text text ? text.value() : null;
        }

        /** The element, or null when it is missing or not an object. */
        @Nullable
        public Members object(String name) {
            return elements.get(name) instanceof Members object ? object : null;
        }

        /** The element's values; empty when it is missing or not an array. */
        public List<JsonValue> items(String name) {
            return elements.get(name) instanceof Items items ? items.values() : List.of();
        }

        /** The element's values that are objects. */
        public List<Members> objects(String name) {
            return items(name).stream()
                    .filter(Members.class::isInstance)
                    .map(Members.class::cast)
                    .toList();
        }

        @Override
        public String toString() {
            return JsonValue.withoutContent(this);
        }
    }

    record Items(List<JsonValue> values, int start, int end) implements JsonValue {

        /** Whether it holds objects only. */
        public boolean areObjects() {
            return values.stream().allMatch(Members.class::isInstance);
        }

        @Override
        public String toString() {
            return JsonValue.withoutContent(this);
        }
    }

    /** A string; start and end include its quotes. */
    record Text(String value, int start, int end) implements JsonValue {

        /** Its length in bytes as written, without quotes. */
        public int written() {
            return end - start - 2;
        }

        @Override
        public String toString() {
            return JsonValue.withoutContent(this);
        }
    }

    /** A number as written. */
    record Numeral(String text, int start, int end) implements JsonValue {
        @Override
        public String toString() {
            return JsonValue.withoutContent(this);
        }
    }

    /** true, false or null. */
    record Literal(boolean isNull, int start, int end) implements JsonValue {}
}
