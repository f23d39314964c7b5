package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers that an output must have: exactly these, each once. So none can name a patient.
 *
 * @param expected values by name
 */
public record OutputHeaders(Map<String, String> expected) {

    public OutputHeaders {
        expected = Map.copyOf(expected);
    }

    /**
     * @param origin null when no input caused the output
     * @param sentAt the digits of the input's header; null without one
     */
    public static OutputHeaders of(@Nullable Coordinates origin, @Nullable String sentAt) {
        if (origin == null) {
            return new OutputHeaders(Map.of());
        }
        OutputHeaders headers = new OutputHeaders(Map.of(HeaderNames.ORIGIN, origin.toString()));
        return sentAt == null ? headers : headers.with(HeaderNames.SENT_AT, sentAt);
    }

    public OutputHeaders with(String name, String value) {
        Map<String, String> more = new HashMap<>(expected);
        more.put(name, value);
        return new OutputHeaders(more);
    }

    public boolean matches(Headers actual) {
        Map<String, String> found = new HashMap<>();
        int count = 0;
        for (Header header : actual) {
            count++;
            byte[] value = header.value();
            found.put(header.key(), value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
        }
        return count == expected.size() && found.equals(expected);
    }

    /** The digits of the sender's header; null when it is missing or not a number. */
    public static @Nullable String sentAt(Headers headers) {
        byte[] digits = new ClinicalHeaders(headers).digits(HeaderNames.SENT_AT);
        return digits == null ? null : new String(digits, StandardCharsets.US_ASCII);
    }
}
