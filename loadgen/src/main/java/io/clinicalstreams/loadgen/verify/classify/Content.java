package io.clinicalstreams.loadgen.verify.classify;

import org.jspecify.annotations.Nullable;

/**
 * What a value has to be, kept as a fingerprint.
 *
 * @param fingerprint null when any value will do
 * @param length in bytes
 */
public record Content(@Nullable Fingerprint fingerprint, int length) {

    static final Content ANY = new Content(null, 0);

    static Content of(byte @Nullable [] value) {
        return new Content(Fingerprint.of(value), value == null ? 0 : value.length);
    }

    static Content slice(byte[] value, Json slice) {
        return new Content(Fingerprint.of(value, slice.start(), slice.end()), slice.end() - slice.start());
    }

    public boolean matches(byte @Nullable [] value) {
        return fingerprint == null || fingerprint.equals(Fingerprint.of(value));
    }

    /** Whether a description of an omitted value describes this one. */
    public boolean isDescribedBy(int describedLength, @Nullable String sha256) {
        return fingerprint == null || (describedLength == length && fingerprint.equals(Fingerprint.ofHex(sha256)));
    }
}
