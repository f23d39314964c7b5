package io.clinicalstreams.verifier.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.clinicalstreams.topics.wire.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into a tree that knows each value's byte range, and lists defects on the way. Jackson's own limits are
 * disabled, and its exceptions are dropped because they quote the input.
 */
public final class JsonReading {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Elements of types that FHIR's limit on strings does not cover: base64Binary and xhtml. */
    private static final Set<String> UNLIMITED = Set.of("data", "div", "valueBase64Binary");

    private final List<Defect> defects = new ArrayList<>();
    private @Nullable JsonValue root;
    private boolean otherThanObject;
    private boolean tooDeep;

    private JsonReading() {}

    public static JsonReading of(byte[] value) {
        JsonReading reading = new JsonReading();
        int invalid = StrictUtf8.firstInvalid(value);
        try {
            reading.root = reading.read(value);
        } catch (IOException broken) {
            // Not UTF-8 at this byte, or not JSON at or before it.
            reading.found(new Defect(Reason.NOT_JSON, 0, invalid == StrictUtf8.VALID && !reading.tooDeep));
        }
        if (invalid != StrictUtf8.VALID) {
            reading.root = null;
            reading.found(new Defect(Reason.INVALID_UTF8, invalid, true));
        }
        return reading;
    }

    /** The value; null when it is not one JSON text in UTF-8. */
    @Nullable
    public JsonValue root() {
        return root;
    }

    /** Whether it begins as a value other than an object, readable or not. */
    public boolean isOtherThanObject() {
        return otherThanObject;
    }

    /** All defects, unordered, including one that makes it unreadable. */
    public List<Defect> defects() {
        return defects;
    }

    private JsonValue read(byte[] value) throws IOException {
        if (value.length >= 2 && (value[0] == 0 || value[1] == 0)) {
            // Jackson would read it as UTF-16 or UTF-32.
            throw new IOException("not UTF-8");
        }
        if (StrictUtf8.hasByteOrderMark(value)) {
            // Jackson would skip it, but the system does not.
            throw new IOException("not JSON");
        }
        try (JsonParser parser = JSON.createParser(value)) {
            JsonValue only = value(parser, parser.nextToken(), "", false, 0);
            if (parser.nextToken() != null) {
                throw new IOException("a second value");
            }
            return only;
        }
    }

    /**
     * The value that begins with the token.
     *
     * @param token null at the end of input
     * @param name the element's name; empty in an array
     * @param again whether the element's name is repeated
     * @param depth the number of enclosing objects and arrays
     */
    private JsonValue value(JsonParser parser, @Nullable JsonToken token, String name, boolean again, int depth)
            throws IOException {
        if (token == null) {
            throw new IOException("no value");
        }
        int start = position(parser.currentTokenLocation());
        String text = token.isScalarValue() ? parser.getText() : "";
        otherThanObject |= depth == 0 && token != JsonToken.START_OBJECT;
        if (again) {
            found(new Defect(Reason.DUPLICATE_KEY, start, true));
        }
        return switch (token) {
            case START_OBJECT -> object(parser, start, depth + 1);
            case START_ARRAY -> array(parser, start, depth + 1);
            case VALUE_STRING -> text(name, text, start, position(parser.currentLocation()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                found(JsonBounds.number(text, start));
                yield new JsonValue.Numeral(text, start, start + text.length());
            }
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
                new JsonValue.Literal(token == JsonToken.VALUE_NULL, start, start + text.length());
            default -> throw new IOException("no JSON value");
        };
    }

    private JsonValue object(JsonParser parser, int start, int depth) throws IOException {
        descend(start, depth);
        Map<String, JsonValue> elements = new LinkedHashMap<>();
        Set<String> repeated = new HashSet<>(0);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonValue value = value(parser, parser.nextToken(), name, elements.containsKey(name), depth);
            if (elements.putIfAbsent(name, value) != null) {
                repeated.add(name);
            }
        }
        return new JsonValue.Members(elements, repeated, start, position(parser.currentLocation()));
    }

    private JsonValue array(JsonParser parser, int start, int depth) throws IOException {
        descend(start, depth);
        List<JsonValue> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token, "", false, depth));
        }
        return new JsonValue.Items(values, start, position(parser.currentLocation()));
    }

    private void descend(int start, int depth) throws IOException {
        found(JsonBounds.depth(depth, start));
        tooDeep = JsonBounds.isBottomless(depth);
        if (tooDeep) {
            throw new IOException("nested too deep");
        }
    }

    private JsonValue text(String name, String text, int start, int end) {
        JsonValue.Text value = new JsonValue.Text(text, start, end);
        if (!UNLIMITED.contains(name)) {
            found(JsonBounds.string(text, value.written(), start));
        }
        if (!StrictUtf8.isWellFormed(text)) {
            found(new Defect(Reason.INVALID_UTF8, start, false));
            found(new Defect(Reason.NOT_JSON, start, false));
            found(new Defect(Reason.INVALID_VALUE, start, false));
        }
        return value;
    }

    private static int position(JsonLocation location) {
        return Math.toIntExact(location.getByteOffset());
    }

    private void found(@Nullable Defect defect) {
        if (defect != null) {
            defects.add(defect);
        }
    }
}
