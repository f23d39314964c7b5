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
 * Replaces references into the original Bundle and times in a resource's JSON and keeps every other byte. Requires
 * valid JSON in UTF-8.
 */
record Rewriter(Json json) {

    /** Elements whose text may look like a date but is not one. */
    private static final Set<String> NO_TIMES =
            Set.of("value", "version", "versionId", "display", "text", "code", "id", "valueString", "valueCode");

    private static final Set<String> SHORT_TIMES = Set.of("date", "start", "end", "authoredOn", "created", "event");
    private static final int FULL_DATE = 10;

    /**
     * @param references the replacement of each Reference.reference
     * @param move of all times, null for none
     * @return the given array when there is nothing to replace, null when the document is not JSON in UTF-8
     */
    byte @Nullable [] rewrite(byte[] document, Map<String, String> references, TimeShift.@Nullable Move move) {
        if (references.isEmpty() && move == null) {
            return document;
        }
        try {
            return replaced(document, references, move);
        } catch (IOException notUtf8OrNotJson) {
            return null;
        }
    }

    private byte[] replaced(byte[] document, Map<String, String> references, TimeShift.@Nullable Move move)
            throws IOException {
        ByteArrayOutputStream rewritten = new ByteArrayOutputStream(document.length + 64);
        int copied = 0;
        try (JsonParser parser = json.parser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_STRING) {
                    continue;
                }
                int start = Json.start(parser);
                String with = replacement(name(parser), parser.getText(), references, move);
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
            @Nullable String name, String text, Map<String, String> references, TimeShift.@Nullable Move move) {
        if (name == null) {
            return null;
        }
        if (name.equals("reference")) {
            return references.get(text);
        }
        if (move == null || NO_TIMES.contains(name) || (text.length() < FULL_DATE && !mayBeShort(name))) {
            return null;
        }
        ShiftableTime time = ShiftableTime.parse(text);
        return time == null ? null : time.later(move.shift(time.latestSecond()));
    }

    /** Whether a year or a month alone is a time in this element. */
    private static boolean mayBeShort(String name) {
        return name.endsWith("Date") || name.endsWith("DateTime") || SHORT_TIMES.contains(name);
    }

    /** The element's name; the array's name for a string in an array. */
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
