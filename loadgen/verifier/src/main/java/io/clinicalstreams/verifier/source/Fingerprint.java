package io.clinicalstreams.verifier.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The first 128 bits of the SHA-256 of some bytes: enough to distinguish contents without storing them. */
public record Fingerprint(long high, long low) {

    /** The fingerprint of null, distinct from that of an empty key or value. */
    public static final Fingerprint OF_NULL = new Fingerprint(0, 0);

    public static Fingerprint of(byte @Nullable [] bytes) {
        return bytes == null ? OF_NULL : of(bytes, 0, bytes.length);
    }

    /** Of a record's headers, in their order. */
    public static Fingerprint of(Headers headers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Header header : headers) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            all.writeBytes((header.key() + '=' + value.length + '=').getBytes(StandardCharsets.UTF_8));
            all.writeBytes(value);
        }
        return of(all.toByteArray());
    }

    public static Fingerprint of(byte[] bytes, int from, int to) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, from, to - from);
            return of64(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    /** @param sha256 64 hex digits; anything else has no fingerprint */
    public static @Nullable Fingerprint ofHex(@Nullable String sha256) {
        return sha256 == null || !sha256.matches("[0-9a-fA-F]{64}")
                ? null
                : of64(HexFormat.of().parseHex(sha256));
    }

    private static Fingerprint of64(byte[] digest) {
        ByteBuffer numbers = ByteBuffer.wrap(digest);
        return new Fingerprint(numbers.getLong(), numbers.getLong());
    }

    /** 32 hex digits: the first half of the SHA-256. */
    public String hex() {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(high) + format.toHexDigits(low);
    }
}
