package io.clinicalstreams.verifier.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.clinicalstreams.topics.wire.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into a tree that knows where each value stands in the bytes, and lists what is wrong with it on the way.
 * No bound is left to Jackson: its own limits are lifted, and what it throws is dropped because it quotes the input.
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

    /** Elements of type base64Binary, which FHIR does not limit as it does strings. */
    private static final Set<String> BASE64 = Set.of("data", "valueBase64Binary");

    private final List<Defect> defects = new ArrayList<>();
    private final Deque<JsonValue> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private String name = "";
    private @Nullable JsonValue root;
    private boolean readable = true;

    private JsonReading() {}

    public static JsonReading of(byte[] value) {
        JsonReading reading = new JsonReading();
        int invalid = StrictUtf8.firstInvalid(value);
        try {
            reading.read(value);
        } catch (IOException broken) {
            reading.broken(invalid);
        }
        if (invalid != StrictUtf8.VALID) {
            reading.readable = false;
            reading.found(new Defect(Reason.INVALID_UTF8, invalid, true));
        }
        return reading;
    }

    /** Whether it is one JSON text in UTF-8. */
    public boolean isReadable() {
        return readable;
    }

    /** The value, or what could be read of it. */
    @Nullable
    public JsonValue root() {
        return root;
    }

    /** What is wrong, in no order; a reason that makes it unreadable is among them. */
    public List<Defect> defects() {
        return defects;
    }

    private void read(byte[] value) throws IOException {
        if (value.length >= 2 && (value[0] == 0 || value[1] == 0)) {
            // Jackson would take it for UTF-16 or UTF-32.
            throw new IOException("not UTF-8");
        }
        if (StrictUtf8.hasByteOrderMark(value)) {
            // Jackson would pass over it, and the system does not.
            throw new IOException("not JSON");
        }
        try (JsonParser parser = JSON.createParser(value)) {
            JsonToken token = parser.nextToken();
            while (token != null && !JsonBounds.isBottomless(open.size())) {
                if (open.isEmpty() && root != null) {
                    throw new IOException("a second value");
                }
                take(parser, token);
                token = parser.nextToken();
            }
        }
        if (root == null || !open.isEmpty()) {
            // Also where it is not worth while to go deeper.
            throw new IOException("no whole value");
        }
    }

    private void take(JsonParser parser, JsonToken token) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        switch (token) {
            case START_OBJECT -> begin(new JsonValue.Members(start));
            case START_ARRAY -> begin(new JsonValue.Items(start));
            case END_OBJECT, END_ARRAY -> end(start + 1);
            case FIELD_NAME -> name = parser.currentName();
            case VALUE_STRING -> text(parser.getText(), start, position(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), start);
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
                add(new JsonValue.Literal(token == JsonToken.VALUE_NULL, start, position(parser)));
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IOException("no JSON token");
        }
    }

    private static int position(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    private void text(String text, int start, int end) {
        if (!BASE64.contains(name) || open.peek() instanceof JsonValue.Items) {
            found(JsonBounds.string(text, end - start - 2, start));
        }
        if (!StrictUtf8.isWellFormed(text)) {
            found(new Defect(Reason.INVALID_UTF8, start, false));
            found(new Defect(Reason.NOT_JSON, start, false));
            found(new Defect(Reason.INVALID_VALUE, start, false));
        }
        add(new JsonValue.Text(text, start, end));
    }

    private void number(String text, int start) {
        found(JsonBounds.number(text, start));
        add(new JsonValue.Numeral(text, start, start + text.length()));
    }

    private void begin(JsonValue container) {
        add(container);
        open.push(container);
        names.push(name);
        found(JsonBounds.depth(open.size(), container.start()));
    }

    private void end(int position) {
        JsonValue closed = open.pop();
        name = names.pop();
        if (closed instanceof JsonValue.Members object) {
            object.endAt(position);
        } else if (closed instanceof JsonValue.Items array) {
            array.endAt(position);
        }
    }

    private void add(JsonValue value) {
        JsonValue parent = open.peek();
        if (parent == null) {
            root = value;
        } else if (parent instanceof JsonValue.Members object) {
            if (!object.put(name, value)) {
                found(new Defect(Reason.DUPLICATE_KEY, value.start(), true));
            }
        } else if (parent instanceof JsonValue.Items array) {
            array.values().add(value);
        }
    }

    /** Reading stopped: at the first byte that is not UTF-8, or because it is not JSON there or before. */
    private void broken(int invalidUtf8) {
        readable = false;
        boolean certain = invalidUtf8 == StrictUtf8.VALID && !JsonBounds.isBottomless(open.size());
        found(new Defect(Reason.NOT_JSON, 0, certain));
    }

    private void found(@Nullable Defect defect) {
        if (defect != null) {
            defects.add(defect);
        }
    }
}
