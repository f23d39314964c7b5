package io.clinicalstreams.loadgen.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces single strings in a resource's JSON and leaves every other byte as it is: references into the Bundle it came
 * from, and times. That takes JSON in UTF-8 from end to end.
 */
final class Rewriter {

    /** Texts that may look like a date and are none. */
    private static final Set<String> NO_TIMES =
            Set.of("value", "version", "versionId", "display", "text", "code", "id", "valueString", "valueCode");

    private static final Set<String> SHORT_TIMES = Set.of("date", "start", "end", "authoredOn", "created", "event");
    private static final int FULL_DATE = 10;

    private final Json json;

    Rewriter(Json json) {
        this.json = json;
    }

    /**
     * @param references what to write for each Reference.reference
     * @param shiftSeconds by how much to move the times, null to leave them
     * @return the given array when there is nothing to replace, null when it cannot be told what to replace
     */
    byte @Nullable [] rewrite(byte[] document, Map<String, String> references, @Nullable Long shiftSeconds) {
        if (references.isEmpty() && shiftSeconds == null) {
            return document;
        }
        try {
            return replaced(document, references, shiftSeconds);
        } catch (IOException notUtf8OrNotJson) {
            return null;
        }
    }

    private byte[] replaced(byte[] document, Map<String, String> references, @Nullable Long shiftSeconds)
            throws IOException {
        ByteArrayOutputStream rewritten = new ByteArrayOutputStream(document.length + 64);
        int copied = 0;
        try (JsonParser parser = json.parser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_STRING) {
                    continue;
                }
                int start = Json.start(parser);
                String with = replacement(name(parser), parser.getText(), references, shiftSeconds);
                if (with != null) {
                    rewritten.write(document, copied, start + 1 - copied);
                    rewritten.writeBytes(
                            new String(JsonStringEncoder.getInstance().quoteAsString(with))
                                    .getBytes(StandardCharsets.UTF_8));
                    copied = closingQuote(document, start);
                }
            }
        }
        if (copied == 0) {
            return document;
        }
        rewritten.write(document, copied, document.length - copied);
        return rewritten.toByteArray();
    }

    private static @Nullable String replacement(
            @Nullable String name, String text, Map<String, String> references, @Nullable Long shiftSeconds) {
        if (name == null) {
            return null;
        }
        if (name.equals("reference")) {
            return references.get(text);
        }
        if (shiftSeconds == null || NO_TIMES.contains(name) || (text.length() < FULL_DATE && !mayBeShort(name))) {
            return null;
        }
        ShiftableTime time = ShiftableTime.parse(text);
        return time == null ? null : time.later(shiftSeconds);
    }

    /** Whether a year or a month alone is a time there. */
    private static boolean mayBeShort(String name) {
        return name.endsWith("Date") || name.endsWith("DateTime") || SHORT_TIMES.contains(name);
    }

    /** The name of the element; of the array's where the string is in one. */
    private static @Nullable String name(JsonParser parser) {
        JsonStreamContext context = parser.getParsingContext();
        return context.inArray() ? context.getParent().getCurrentName() : context.getCurrentName();
    }

    private static int closingQuote(byte[] document, int openingQuote) {
        int at = openingQuote + 1;
        while (document[at] != '"') {
            at += document[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
