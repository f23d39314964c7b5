package io.clinicalstreams.topics.wire;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a record in a clinical topic. A header that is not in its format is treated as missing. */
public record ClinicalHeaders(Headers headers) {

    /** A number of this many digits may overflow a long. */
    private static final int TOO_MANY_DIGITS = 19;

    /** Far more than a record of an honest lane has. */
    private static final int TOO_MANY_HOPS = 1_000;

    /** A topic name has at most 249 characters; two ints, a long and the separators fit in the rest. */
    private static final int LONGEST_ORIGIN = 300;

    /** The input that this record was made from; null when the header is missing or is not coordinates. */
    public @Nullable Coordinates origin() {
        byte[] value = value(HeaderNames.ORIGIN);
        if (value == null || value.length > LONGEST_ORIGIN) {
            return null;
        }
        try {
            return Coordinates.parse(new String(value, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    /** When the sender intended to send the input, in microseconds since the epoch. */
    public OptionalLong sentAt() {
        return number(HeaderNames.SENT_AT);
    }

    /** The input's timestamp in the first topic, in milliseconds since the epoch. */
    public OptionalLong receivedAt() {
        return number(HeaderNames.RECEIVED_AT);
    }

    /** What is forwarded to the Patient that replaces a duplicate; null if nothing is. */
    public @Nullable Merge merge() {
        String name = text(HeaderNames.MERGE);
        for (Merge merge : Merge.values()) {
            if (merge.label().equals(name)) {
                return merge;
            }
        }
        return null;
    }

    /** How many times it was forwarded; at most {@value #TOO_MANY_HOPS}. */
    public int mergeHops() {
        return (int) Math.min(TOO_MANY_HOPS, number(HeaderNames.MERGE_HOPS).orElse(0));
    }

    /** Why the record was rejected; null when the header is missing or this version does not know the code. */
    public @Nullable Reason reason() {
        String name = text(HeaderNames.REASON);
        for (Reason reason : Reason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return null;
    }

    /** Whether a description replaces the value of a rejected record. */
    public boolean isValueOmitted() {
        return "true".equals(text(HeaderNames.VALUE_OMITTED));
    }

    /** Whether the key of a rejected record was left out. */
    public boolean isKeyOmitted() {
        return "true".equals(text(HeaderNames.KEY_OMITTED));
    }

    /** Any header as text; null when it is missing. */
    public @Nullable String text(String name) {
        byte[] value = value(name);
        return value == null ? null : new String(value, StandardCharsets.US_ASCII);
    }

    /** The digits of a header that is a whole number; null when it is missing or not a whole number. */
    public byte @Nullable [] digits(String name) {
        byte[] value = value(name);
        if (value == null || value.length == 0 || value.length >= TOO_MANY_DIGITS) {
            return null;
        }
        for (byte digit : value) {
            if (digit < '0' || digit > '9') {
                return null;
            }
        }
        return value;
    }

    private OptionalLong number(String name) {
        byte[] digits = digits(name);
        return digits == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(new String(digits, StandardCharsets.US_ASCII)));
    }

    private byte @Nullable [] value(String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }
}
