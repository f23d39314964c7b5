package io.clinicalstreams.verifier.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** An object; of an element named twice the first is kept. */
    final class Members implements JsonValue {
        private final Map<String, JsonValue> elements = new LinkedHashMap<>();
        private Set<String> repeated = Set.of();
        private final int start;
        private int end;

        Members(int start) {
            this.start = start;
        }

        /** @return whether the name is new */
        boolean put(String name, JsonValue value) {
            if (elements.putIfAbsent(name, value) == null) {
                return true;
            }
            if (repeated.isEmpty()) {
                repeated = new HashSet<>();
            }
            repeated.add(name);
            return false;
        }

        /** Whether the element was named more than once. */
        public boolean isRepeated(String name) {
            return repeated.contains(name);
        }

        void endAt(int position) {
            end = position;
        }

        @Nullable
        public JsonValue get(String name) {
            return elements.get(name);
        }

        /** The element's text, or null when it is missing or no text. */
        @Nullable
        public String text(String name) {
            return elements.get(name) instanceof Text text ? text.value() : null;
        }

        public boolean has(String name) {
            return elements.containsKey(name);
        }

        public Map<String, JsonValue> elements() {
            return elements;
        }

        @Override
        public int start() {
            return start;
        }

        @Override
        public int end() {
            return end;
        }
    }

    final class Items implements JsonValue {
        private final List<JsonValue> values = new ArrayList<>();
        private final int start;
        private int end;

        Items(int start) {
            this.start = start;
        }

        void endAt(int position) {
            end = position;
        }

        public List<JsonValue> values() {
            return values;
        }

        @Override
        public int start() {
            return start;
        }

        @Override
        public int end() {
            return end;
        }
    }

    /** A string; its quotes are within start and end. */
    record Text(String value, int start, int end) implements JsonValue {}

    /** A number as written. */
    record Numeral(String text, int start, int end) implements JsonValue {}

    /** true, false or null. */
    record Literal(boolean isNull, int start, int end) implements JsonValue {}
}
