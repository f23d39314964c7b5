package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.source.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The expected value, stored as a fingerprint.
 *
 * @param length in bytes
 */
public record Content(Fingerprint fingerprint, int length) {

    static Content of(byte @Nullable [] value) {
        return new Content(Fingerprint.of(value), value == null ? 0 : value.length);
    }

    static Content slice(byte[] value, JsonValue slice) {
        return new Content(Fingerprint.of(value, slice.start(), slice.end()), slice.end() - slice.start());
    }

    public boolean matches(byte @Nullable [] value) {
        return fingerprint.equals(Fingerprint.of(value));
    }

    /** Whether the description of an omitted value matches. */
    public boolean isDescribedBy(int describedLength, @Nullable String sha256) {
        return describedLength == length && fingerprint.equals(Fingerprint.ofHex(sha256));
    }
}
