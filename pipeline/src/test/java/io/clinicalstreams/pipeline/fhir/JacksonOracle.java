package io.clinicalstreams.pipeline.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.clinicalstreams.topics.wire.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jackson's view of a value: whether it is one JSON text, and what in it no resource may have. */
final class JacksonOracle {

    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Four of them. */
    private static final int BLANKS = 0x20202020;

    private static final int DEEPEST = 200;
    private static final int MOST_DIGITS = 100;
    private static final BigInteger LARGEST_EXPONENT = BigInteger.valueOf(400);

    private JacksonOracle() {}

    /**
     * {@code NOT_JSON} or {@code NESTING_TOO_DEEP}, else the first {@code DUPLICATE_KEY} or {@code NUMBER_OUT_OF_RANGE};
     * null if there is none.
     */
    static @Nullable Reason problem(byte[] utf8) {
        try (JsonParser parser = parser(utf8)) {
            return problem(parser);
        } catch (IOException malformed) {
            return Reason.NOT_JSON;
        }
    }

    private static @Nullable Reason problem(JsonParser parser) throws IOException {
        Reason first = null;
        Deque<Set<String>> open = new ArrayDeque<>();
        do {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return Reason.NOT_JSON;
            }
            // A token that is skipped is not decoded, and its escapes are not checked.
            parser.finishToken();
            Reason problem = null;
            if (token.isStructStart()) {
                open.push(new HashSet<>());
                if (open.size() > DEEPEST) {
                    return Reason.NESTING_TOO_DEEP;
                }
            } else if (token.isStructEnd()) {
                open.pop();
            } else if (token == JsonToken.FIELD_NAME) {
                problem = open.element().add(parser.currentName()) ? null : Reason.DUPLICATE_KEY;
            } else if (token.isNumeric()) {
                problem = isInRange(parser.getText()) ? null : Reason.NUMBER_OUT_OF_RANGE;
            }
            first = first == null ? problem : first;
        } while (!open.isEmpty());
        return parser.nextToken() == null ? first : Reason.NOT_JSON;
    }

    /** The first resourceType of a JSON object; null if it is missing or not a text. */
    static @Nullable String resourceType(byte[] utf8) {
        try (JsonParser parser = parser(utf8)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("resourceType");
                if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException malformed) {
            return null;
        }
    }

    /**
     * Of bytes, because of text Jackson takes only the low byte of a hexadecimal digit. Behind four blanks, it neither looks
     * for another encoding nor skips a byte order mark.
     */
    private static JsonParser parser(byte[] utf8) throws IOException {
        return JACKSON.createParser(ByteBuffer.allocate(Integer.BYTES + utf8.length)
                .putInt(BLANKS)
                .put(utf8)
                .array());
    }

    private static boolean isInRange(String number) {
        String[] parts = number.split("[eE]", 2);
        return parts[0].chars().filter(Character::isDigit).count() <= MOST_DIGITS
                && (parts.length < 2 || new BigInteger(parts[1]).abs().compareTo(LARGEST_EXPONENT) <= 0);
    }
}
